package dev.nextstep.cli.terminal;

/**
 * How a {@link ContactSheet} is laid out.
 *
 * @param columns pictures per row, 1 to 1000
 * @param scale every picture is enlarged by this whole number, 1 to 64
 * @param gap white pixels around and between the cells, 0 to 1000
 * @param fontSize of captions, in pixels, 6 to 200
 */
public record SheetLayout(int columns, int scale, int gap, int fontSize) {
    public SheetLayout {
        ensureBetween(columns, 1, 1000, "columns");
        ensureBetween(scale, 1, 64, "scale");
        ensureBetween(gap, 0, 1000, "gap");
        ensureBetween(fontSize, 6, 200, "fontSize");
    }

    /** About as many rows as columns, the pictures in their own size, a gap of 8 and captions of 12 pixels. */
    public static SheetLayout square(int pictures) {
        int columns = (int) Math.ceil(Math.sqrt(Math.clamp(pictures, 1, 1_000_000)));
        return new SheetLayout(columns, 1, 8, 12);
    }

    /** The same with another scale. */
    public SheetLayout withScale(int newScale) {
        return new SheetLayout(columns, newScale, gap, fontSize);
    }

    /** The same with another number of pictures per row. */
    public SheetLayout withColumns(int newColumns) {
        return new SheetLayout(newColumns, scale, gap, fontSize);
    }

    private static void ensureBetween(int value, int low, int high, String name) {
        if (value < low || value > high) {
            throw new IllegalArgumentException(name + " must be in " + low + ".." + high + ", got " + value);
        }
    }
}
