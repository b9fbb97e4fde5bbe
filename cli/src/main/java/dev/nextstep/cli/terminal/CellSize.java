package dev.nextstep.cli.terminal;

/**
 * The size of one character cell.
 *
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param source whether the terminal told it
 */
public record CellSize(int width, int height, Source source) {

    /** Where the size is from. */
    public enum Source {
        /** The terminal driver told it. */
        MEASURED,
        /** Nobody knows; 10 x 20 is usual and has the usual proportions. */
        ASSUMED
    }

    /** 10 x 20 pixels, for terminals that do not tell. */
    public static final CellSize ASSUMED = new CellSize(10, 20, Source.ASSUMED);

    public CellSize {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("a cell has at least 1 x 1 pixels, got " + width + " x " + height);
        }
    }
}
