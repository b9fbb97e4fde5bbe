package dev.nextstep.vae;

import dev.nextstep.kernel.Convolution;
import dev.nextstep.kernel.FeatureMap;
import java.util.Optional;

/**
 * A picture of activations whose rows can be asked for: either stored, or computed anew from a smaller one each time,
 * so that it never takes its own memory.
 */
sealed interface Rows {

    int height();

    int width();

    int channels();

    /** A map with at least rows {@code from} to {@code to} (exclusive). */
    FeatureMap rows(int from, int to, Run run);

    /** All rows. */
    default FeatureMap all(Run run) {
        return rows(0, height(), run);
    }

    /** The picture itself, if it is stored. */
    default Optional<FeatureMap> map() {
        return this instanceof Stored stored ? Optional.of(stored.whole) : Optional.empty();
    }

    static Rows stored(FeatureMap map) {
        return new Stored(map);
    }

    static Rows convolved(FeatureMap source, Convolution convolution) {
        return new Convolved(source, convolution);
    }

    /** In memory. */
    record Stored(FeatureMap whole) implements Rows {
        @Override
        public int height() {
            return whole.height();
        }

        @Override
        public int width() {
            return whole.width();
        }

        @Override
        public int channels() {
            return whole.channels();
        }

        @Override
        public FeatureMap rows(int from, int to, Run run) {
            return whole;
        }
    }

    /** The result of a convolution over something in memory. */
    record Convolved(FeatureMap source, Convolution convolution) implements Rows {
        @Override
        public int height() {
            return convolution.geometry().outputSize(source.height());
        }

        @Override
        public int width() {
            return convolution.geometry().outputSize(source.width());
        }

        @Override
        public int channels() {
            return convolution.outputs();
        }

        @Override
        public FeatureMap rows(int from, int to, Run run) {
            var result = FeatureMap.zeroRows(height(), width(), channels(), from, to - from);
            convolution.apply(source, null, result, from, to, Convolution.Output.REPLACE, run.workspace());
            return result;
        }
    }
}
