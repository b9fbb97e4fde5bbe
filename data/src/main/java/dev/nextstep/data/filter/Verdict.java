package dev.nextstep.data.filter;

import java.util.OptionalDouble;

/**
 * What a step says about a sample.
 *
 * @param kept whether it passes
 * @param measured the value that decided, for the histogram; empty if there is none
 */
public record Verdict(boolean kept, OptionalDouble measured) {
    /** Passes, because the step has nothing to measure here. */
    public static final Verdict PASSED = new Verdict(true, OptionalDouble.empty());

    /** Passes if the value is at least this. */
    static Verdict atLeast(double value, double minimum) {
        return new Verdict(value >= minimum, OptionalDouble.of(value));
    }

    /** Passes if the value is at most this. */
    static Verdict atMost(double value, double maximum) {
        return new Verdict(value <= maximum, OptionalDouble.of(value));
    }
}
