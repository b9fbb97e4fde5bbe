package dev.nextstep.train.measure;

import java.util.OptionalDouble;

/**
 * One line of a report.
 *
 * @param id name for programs, such as {@code seen.top1}
 * @param text what it is, for people
 * @param estimate the figure
 * @param unit how it is shown
 * @param bar what it should reach at least, where that is agreed
 */
public record Figure(String id, String text, Estimate estimate, Unit unit, OptionalDouble bar) {
    /** How a figure is shown. */
    public enum Unit {
        /** A share, shown in per cent. */
        SHARE,
        /** Decibels. */
        DECIBELS,
        /** A bare number, such as a rank or SSIM. */
        NUMBER
    }

    static Figure share(String id, String text, Estimate estimate) {
        return new Figure(id, text, estimate, Unit.SHARE, OptionalDouble.empty());
    }

    static Figure number(String id, String text, Estimate estimate) {
        return new Figure(id, text, estimate, Unit.NUMBER, OptionalDouble.empty());
    }

    static Figure decibels(String id, String text, Estimate estimate) {
        return new Figure(id, text, estimate, Unit.DECIBELS, OptionalDouble.empty());
    }

    /** The same with a bar. */
    Figure withBar(double least) {
        return new Figure(id, text, estimate, unit, OptionalDouble.of(least));
    }
}
