package dev.nextstep.server.drawing;

import java.util.stream.IntStream;

/** After which rows a picture of what is finished is wanted. */
public final class PartialRows {
    private PartialRows() {}

    /**
     * Whether it is wanted after this row. Of n wanted ones number i comes after i/(n+1) of the rows, rounded; since there
     * are at most as many as there are rows before the last, no two fall on the same row.
     *
     * @param finished rows that are finished
     * @param rows rows of the whole picture
     * @param wanted how many partial pictures are wanted; one less than rows, which is all there can be, if more
     */
    public static boolean isWanted(int finished, int rows, int wanted) {
        int pictures = Math.min(wanted, rows - 1);
        return IntStream.rangeClosed(1, pictures)
                .anyMatch(i -> Math.round((double) i * rows / (pictures + 1)) == finished);
    }

    /** How many were wanted up to this row: the number of the partial picture after it, from 1. */
    public static int upTo(int finished, int rows, int wanted) {
        return (int) IntStream.rangeClosed(1, finished)
                .filter(row -> isWanted(row, rows, wanted))
                .count();
    }
}
