package dev.nextstep.cli.bench;

import java.util.Locale;

/**
 * A figure that later runs are compared with; less is better.
 *
 * @param unit of the value
 * @param value median and quartiles
 */
public record Measure(Unit unit, Quartiles value) {

    /** What is counted. */
    public enum Unit {
        /** Time. */
        SECONDS,
        /** Memory. */
        BYTES;

        /** The name in files. */
        String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Measure seconds(Quartiles value) {
        return new Measure(Unit.SECONDS, value);
    }

    static Measure bytes(long value) {
        return new Measure(Unit.BYTES, Quartiles.once((double) value));
    }

    /** The median with its unit. */
    String text() {
        return switch (unit) {
            case SECONDS -> Figures.seconds(value.median());
            case BYTES -> Figures.bytes(value.median());
        };
    }
}
