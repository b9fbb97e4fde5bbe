package dev.nextstep.cli.bench;

import dev.nextstep.tensor.DataType;
import java.util.Locale;

/**
 * One matrix product x·Wᵀ.
 *
 * @param type of the weights W
 * @param rows of x
 * @param outputs rows of W
 * @param inputs columns of W
 * @param seconds of one product
 */
public record KernelResult(DataType type, int rows, int outputs, int inputs, Quartiles seconds) {

    private static final double MOST_SHARE = 1.5;

    /** What limits a product. */
    public enum Bound {
        /** The weights come from memory no faster. */
        MEMORY,
        /** Multiply-adds. */
        ARITHMETIC;

        /** The name in reports. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Such as {@code q8_0}. */
    public String weights() {
        return type.name().toLowerCase(Locale.ROOT);
    }

    /** Bytes of the weights, each read once. */
    double bytes() {
        return type.bytes((long) outputs * inputs);
    }

    /** Two for each multiply-add; widening of weights is not counted. */
    double flops() {
        return 2.0 * outputs * inputs * rows;
    }

    double gigabytesPerSecond() {
        return bytes() / seconds.median() / 1e9;
    }

    double gigaflopsPerSecond() {
        return flops() / seconds.median() / 1e9;
    }

    /** Which of the limits this product would meet first. */
    public Bound bound(MachineLimits limits) {
        return bytes() / limits.readBytesPerSecond() >= flops() / limits.flopsPerSecond()
                ? Bound.MEMORY
                : Bound.ARITHMETIC;
    }

    /**
     * Whether the share means something: where it is above 1.5, other programs computed while the limit was measured, or
     * nothing was compiled yet.
     */
    boolean hasShare(MachineLimits limits) {
        return shareOfLimit(limits) <= MOST_SHARE;
    }

    /** Share of that limit that is reached, 1 for all of it; a little more is possible where caches help. */
    public double shareOfLimit(MachineLimits limits) {
        return limits.leastSeconds(bytes(), flops()) / seconds.median();
    }
}
