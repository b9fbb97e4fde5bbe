package dev.nextstep.train.measure;

import dev.nextstep.image.Pixels;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * Cases on one page: the pictures of a case side by side, such as drawn and true, its words below. Without a font in this
 * Java the words are left out.
 */
final class CaseSheet {
    private static final int GAP = 10;
    private static final int INSIDE = 2;
    private static final int LINE = 13;
    private static final int LINES = 2;
    private static final int INK = 0x404040;

    /** One case: its pictures, all of one size, and words. */
    record Cell(List<Pixels> pictures, String words) {}

    private CaseSheet() {}

    /** Lays cases out, row by row. All have the same number of pictures of the same size. */
    static Pixels of(List<Cell> cells, int columns) {
        var first = cells.getFirst();
        int side = first.pictures().getFirst().width();
        int high = first.pictures().getFirst().height();
        int cellWidth = first.pictures().size() * (side + INSIDE) - INSIDE;
        int cellHeight = high + LINES * LINE + 2;
        int across = Math.min(columns, cells.size());
        int down = Math.ceilDiv(cells.size(), across);
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true"); // a display that is named but not there must not matter
        }
        var sheet = new BufferedImage(
                across * (cellWidth + GAP) + GAP, down * (cellHeight + GAP) + GAP, BufferedImage.TYPE_INT_RGB);
        fill(sheet);
        for (int i = 0; i < cells.size(); i++) {
            int left = GAP + i % across * (cellWidth + GAP);
            int top = GAP + i / across * (cellHeight + GAP);
            var cell = cells.get(i);
            for (int p = 0; p < cell.pictures().size(); p++) {
                paste(sheet, cell.pictures().get(p), left + p * (side + INSIDE), top);
            }
            write(sheet, cell.words(), left, top + high + 1, cellWidth);
        }
        return pixels(sheet);
    }

    private static void fill(BufferedImage sheet) {
        for (int y = 0; y < sheet.getHeight(); y++) {
            for (int x = 0; x < sheet.getWidth(); x++) {
                sheet.setRGB(x, y, 0xFFFFFF);
            }
        }
    }

    private static void paste(BufferedImage sheet, Pixels picture, int left, int top) {
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                sheet.setRGB(left + x, top + y, picture.rgb(x, y));
            }
        }
    }

    private static void write(BufferedImage sheet, String words, int left, int top, int width) {
        Graphics2D graphics;
        try {
            graphics = sheet.createGraphics();
        } catch (LinkageError | RuntimeException noFont) {
            return;
        }
        try {
            graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, LINE - 3));
            graphics.setColor(new Color(INK));
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            FontMetrics metrics = graphics.getFontMetrics();
            String rest = words;
            for (int line = 0; line < LINES && !rest.isEmpty(); line++) {
                int end = fitting(rest, metrics, width);
                graphics.drawString(rest.substring(0, end).strip(), left, top + metrics.getAscent() + line * LINE);
                rest = rest.substring(end).strip();
            }
        } catch (LinkageError | RuntimeException noFont) {
            return;
        } finally {
            graphics.dispose();
        }
    }

    /** How many characters fit, ending at a blank where there is one. */
    private static int fitting(String text, FontMetrics metrics, int width) {
        if (metrics.stringWidth(text) <= width) {
            return text.length();
        }
        int end = text.length();
        while (end > 1 && metrics.stringWidth(text.substring(0, end)) > width) {
            end--;
        }
        int blank = text.lastIndexOf(' ', end);
        return blank > 0 ? blank : end;
    }

    private static Pixels pixels(BufferedImage image) {
        int[] argb = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        var rgb = new byte[3 * argb.length];
        for (int i = 0; i < argb.length; i++) {
            rgb[3 * i] = (byte) (argb[i] >> 16);
            rgb[3 * i + 1] = (byte) (argb[i] >> 8);
            rgb[3 * i + 2] = (byte) argb[i];
        }
        return Pixels.of(image.getWidth(), image.getHeight(), rgb);
    }
}
