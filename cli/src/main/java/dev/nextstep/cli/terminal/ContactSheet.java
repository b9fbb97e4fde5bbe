package dev.nextstep.cli.terminal;

import dev.nextstep.image.Pixels;
import dev.nextstep.image.ResampleFilter;
import dev.nextstep.image.Resampler;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;

/**
 * Pictures on a grid, white in between, captions below. The cells of a column are as wide as its widest picture, those of a
 * row as high as its highest; smaller pictures stand in the middle. The same input gives the same bytes on the same Java
 * and fonts; without captions, on all machines.
 */
public final class ContactSheet {
    private static final long MAX_PIXELS = 500_000_000;
    private static final int INK = 0x404040;

    private ContactSheet() {}

    /**
     * Lays pictures out, row by row from left to right.
     *
     * @throws IllegalArgumentException if there are no pictures or the sheet would have more than 500 million pixels
     * @throws IllegalStateException if captions are wanted and this Java finds no font
     */
    public static Pixels of(List<SheetCell> cells, SheetLayout layout) {
        if (cells.isEmpty()) {
            throw new IllegalArgumentException("a contact sheet needs at least one picture");
        }
        int columns = Math.min(layout.columns(), cells.size());
        int rows = Math.ceilDiv(cells.size(), columns);
        int[] widths = new int[columns];
        int[] heights = new int[rows];
        int[] captions = new int[rows];
        for (int i = 0; i < cells.size(); i++) {
            SheetCell cell = cells.get(i);
            int column = i % columns;
            int row = i / columns;
            widths[column] =
                    Math.max(widths[column], Math.multiplyExact(cell.picture().width(), layout.scale()));
            heights[row] =
                    Math.max(heights[row], Math.multiplyExact(cell.picture().height(), layout.scale()));
            if (!cell.caption().isBlank()) {
                captions[row] = captionHeight(layout);
            }
        }
        long width = Arrays.stream(widths).asLongStream().sum() + (columns + 1L) * layout.gap();
        long height = Arrays.stream(heights).asLongStream().sum()
                + Arrays.stream(captions).asLongStream().sum()
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
                    Pixels text = caption(cell.caption(), widths[column], captions[row], layout.fontSize());
                    paste(sheet, (int) width, text, left, top + heights[row]);
                }
                left += widths[column] + layout.gap();
            }
            top += heights[row] + captions[row] + layout.gap();
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

    /** One line of dark grey text in the middle of a white strip, shortened until it fits. */
    private static Pixels caption(String text, int width, int height, int fontSize) {
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true"); // a display that is named but not there must not matter
        }
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = graphics(image);
        try {
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, width, height);
            graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, fontSize));
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_OFF);
            FontMetrics metrics = graphics.getFontMetrics();
            String line = fitting(VisibleText.of(text.strip()), metrics, width);
            graphics.setColor(new Color(INK));
            int x = Math.max(0, (width - metrics.stringWidth(line)) / 2);
            int y = (height - metrics.getAscent() - metrics.getDescent()) / 2 + metrics.getAscent();
            graphics.drawString(line, x, y);
        } finally {
            graphics.dispose();
        }
        int[] argb = image.getRGB(0, 0, width, height, null, 0, width);
        byte[] rgb = new byte[3 * argb.length];
        for (int i = 0; i < argb.length; i++) {
            rgb[3 * i] = (byte) (argb[i] >> 16);
            rgb[3 * i + 1] = (byte) (argb[i] >> 8);
            rgb[3 * i + 2] = (byte) argb[i];
        }
        return Pixels.of(width, height, rgb);
    }

    private static Graphics2D graphics(BufferedImage image) {
        try {
            Graphics2D graphics = image.createGraphics();
            graphics.getFontMetrics(); // finds out whether there is a font
            return graphics;
        } catch (LinkageError | RuntimeException e) {
            throw new IllegalStateException(
                    "this Java cannot write captions: it finds no font (" + e.getMessage()
                            + "); install one, such as fonts-dejavu-core, or leave captions out",
                    e);
        }
    }

    private static String fitting(String text, FontMetrics metrics, int width) {
        if (metrics.stringWidth(text) <= width) {
            return text;
        }
        int end = text.length();
        while (end > 0 && metrics.stringWidth(text.substring(0, end).stripTrailing() + "…") > width) {
            end = text.offsetByCodePoints(end, -1);
        }
        return end == 0 ? "" : text.substring(0, end).stripTrailing() + "…";
    }
}
