package dev.nextstep.cli.terminal;

import dev.nextstep.image.Pixels;
import dev.nextstep.image.ResampleFilter;
import dev.nextstep.image.Resampler;
import java.util.Arrays;
import java.util.List;

/**
 * Pictures on a grid, white in between, captions below. The cells of a column are as wide as its widest picture, those of a
 * row as high as its highest; smaller pictures stand in the middle. The same input gives the same bytes on the same Java
 * and fonts; without captions, or where there are no fonts, on all machines.
 */
public final class ContactSheet {
    private static final long MAX_PIXELS = 500_000_000;

    private ContactSheet() {}

    /**
     * Lays pictures out, row by row from left to right.
     *
     * @throws IllegalArgumentException if there are no pictures or the sheet would have more than 500 million pixels
     */
    public static Pixels of(List<SheetCell> cells, SheetLayout layout) {
        boolean captioned = cells.stream().anyMatch(cell -> !cell.caption().isBlank());
        return of(cells, layout, captioned ? Captions.here() : new Captions.SystemFont());
    }

    static Pixels of(List<SheetCell> cells, SheetLayout layout, Captions captions) {
        if (cells.isEmpty()) {
            throw new IllegalArgumentException("a contact sheet needs at least one picture");
        }
        int columns = Math.min(layout.columns(), cells.size());
        int rows = Math.ceilDiv(cells.size(), columns);
        int[] widths = new int[columns];
        int[] heights = new int[rows];
        int[] strips = new int[rows];
        for (int i = 0; i < cells.size(); i++) {
            SheetCell cell = cells.get(i);
            int column = i % columns;
            int row = i / columns;
            widths[column] =
                    Math.max(widths[column], Math.multiplyExact(cell.picture().width(), layout.scale()));
            heights[row] =
                    Math.max(heights[row], Math.multiplyExact(cell.picture().height(), layout.scale()));
            if (!cell.caption().isBlank()) {
                strips[row] = captionHeight(layout);
            }
        }
        long width = Arrays.stream(widths).asLongStream().sum() + (columns + 1L) * layout.gap();
        long height = Arrays.stream(heights).asLongStream().sum()
                + Arrays.stream(strips).asLongStream().sum()
                + (rows + 1L) * layout.gap();
        if (width * height > MAX_PIXELS) {
            throw new IllegalArgumentException("a sheet of " + width + " x " + height + " pixels is too large; at most "
                    + MAX_PIXELS + " pixels: use a smaller scale or fewer pictures");
        }
        byte[] sheet = new byte[(int) (3 * width * height)];
        Arrays.fill(sheet, (byte) 255);
        int top = layout.gap();
        for (int row = 0; row < rows; row++) {
            int left = layout.gap();
            for (int column = 0; column < columns && row * columns + column < cells.size(); column++) {
                SheetCell cell = cells.get(row * columns + column);
                Pixels picture = enlarged(cell.picture(), layout.scale());
                int x = left + (widths[column] - picture.width()) / 2;
                int y = top + (heights[row] - picture.height()) / 2;
                paste(sheet, (int) width, picture, x, y);
                if (!cell.caption().isBlank()) {
                    Pixels text = captions.strip(cell.caption(), widths[column], strips[row], layout.fontSize());
                    paste(sheet, (int) width, text, left, top + heights[row]);
                }
                left += widths[column] + layout.gap();
            }
            top += heights[row] + strips[row] + layout.gap();
        }
        return Pixels.of((int) width, (int) height, sheet);
    }

    private static int captionHeight(SheetLayout layout) {
        return layout.fontSize() + layout.fontSize() / 2 + 2;
    }

    private static Pixels enlarged(Pixels picture, int scale) {
        return Resampler.resize(picture, scale * picture.width(), scale * picture.height(), ResampleFilter.NEAREST);
    }

    private static void paste(byte[] sheet, int sheetWidth, Pixels picture, int x, int y) {
        byte[] bytes = picture.toBytes();
        for (int row = 0; row < picture.height(); row++) {
            System.arraycopy(
                    bytes, 3 * row * picture.width(), sheet, 3 * ((y + row) * sheetWidth + x), 3 * picture.width());
        }
    }
}
