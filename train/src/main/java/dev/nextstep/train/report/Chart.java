package dev.nextstep.train.report;

import java.util.List;

/**
 * What one picture of curves shows.
 *
 * @param title above it
 * @param note a line below the title; may be empty
 * @param curves at least one point in all
 * @param scale of the ordinate
 * @param order what the order of the curves means
 * @param detail what matters in long curves
 */
record Chart(String title, String note, List<Curve> curves, Scale scale, Order order, Detail detail) {
    Chart {
        curves = List.copyOf(curves);
    }

    /** Of the ordinate. */
    enum Scale {
        LINEAR,
        /** From zero, so that small changes look small. */
        FROM_ZERO,
        LOGARITHMIC
    }

    /** What matters in long curves. */
    enum Detail {
        /** The course: means are drawn over the values. */
        MEANS,
        /** Each value. */
        VALUES
    }

    /** What the order of curves means, and so their colours. */
    enum Order {
        /** Nothing: colours that differ. */
        NAMES,
        /** A quantity that rises: shades from light to dark. */
        QUANTITY
    }
}
