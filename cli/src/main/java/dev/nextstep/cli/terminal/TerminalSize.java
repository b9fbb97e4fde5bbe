package dev.nextstep.cli.terminal;

/**
 * The size of a terminal.
 *
 * @param columns width in cells, 1 to {@value #MAX_SIDE}
 * @param rows height in cells, 1 to {@value #MAX_SIDE}
 * @param cell the size of a cell in pixels
 */
public record TerminalSize(int columns, int rows, CellSize cell) {
    /** More cells than this on a side is a mistake, not a terminal. */
    public static final int MAX_SIDE = 10_000;

    /** 80 x 24, when nothing is known. */
    public static final TerminalSize DEFAULT = new TerminalSize(80, 24, CellSize.ASSUMED);

    public TerminalSize {
        if (!isSide(columns) || !isSide(rows)) {
            throw new IllegalArgumentException(
                    "a terminal has 1 to " + MAX_SIDE + " columns and rows, got " + columns + " x " + rows);
        }
    }

    /** Whether a number can be a number of columns or rows. */
    static boolean isSide(int cells) {
        return cells >= 1 && cells <= MAX_SIDE;
    }
}
