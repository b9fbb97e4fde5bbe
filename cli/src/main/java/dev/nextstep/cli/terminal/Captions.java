package dev.nextstep.cli.terminal;

import dev.nextstep.image.Pixels;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.function.ToIntFunction;

/**
 * Lines of dark grey text in the middle of white strips, shortened until they fit: in Java's sans-serif font where the system
 * has one, otherwise in {@link BuiltInFont}, as in a bare container.
 */
sealed interface Captions {
    /** Grey level of the text. */
    int INK = 0x40;

    /** One strip with one line. */
    Pixels strip(String text, int width, int height, int fontSize);

    /** The best there is here. */
    static Captions here() {
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true"); // a display that is named but not there must not matter
        }
        try {
            SystemFont.requireFont();
            return new SystemFont();
        } catch (LinkageError | InternalError | RuntimeException e) { // Java fails in several ways without fontconfig
            org.slf4j.LoggerFactory.getLogger(Captions.class).debug("no fonts: {}", e.toString());
            return new BuiltIn(BuiltInFont.load());
        }
    }

    private static String fitting(String text, ToIntFunction<String> measured, String ellipsis, int width) {
        if (measured.applyAsInt(text) <= width) {
            return text;
        }
        int end = text.length();
        while (end > 0 && measured.applyAsInt(text.substring(0, end).stripTrailing() + ellipsis) > width) {
            end = text.offsetByCodePoints(end, -1);
        }
        return end == 0 ? "" : text.substring(0, end).stripTrailing() + ellipsis;
    }

    /** Written with Java's fonts. */
    record SystemFont() implements Captions {

        private static void requireFont() {
            var graphics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
            graphics.getFontMetrics(new Font(Font.SANS_SERIF, Font.PLAIN, 12)).stringWidth("a");
            graphics.dispose();
        }

        @Override
        public Pixels strip(String text, int width, int height, int fontSize) {
            var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = image.createGraphics();
            try {
                graphics.setColor(Color.WHITE);
                graphics.fillRect(0, 0, width, height);
                graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, fontSize));
                graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
                graphics.setRenderingHint(
                        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_OFF);
                FontMetrics metrics = graphics.getFontMetrics();
                String line = fitting(VisibleText.of(text.strip()), metrics::stringWidth, "…", width);
                graphics.setColor(new Color(INK, INK, INK));
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
    }

    /** Written dot by dot. */
    record BuiltIn(BuiltInFont font) implements Captions {
        @Override
        public Pixels strip(String text, int width, int height, int fontSize) {
            int scale = Math.max(1, Math.min(fontSize / 9, height / BuiltInFont.height(1)));
            String plain = font.plain(VisibleText.of(text.strip()));
            String line = fitting(plain, l -> BuiltInFont.width(l, scale), "...", width);
            byte[] rgb = new byte[3 * width * height];
            Arrays.fill(rgb, (byte) 255);
            int left = (width - BuiltInFont.width(line, scale)) / 2;
            int top = Math.max(0, (height - BuiltInFont.height(scale)) / 2);
            font.draw(line, (x, y) -> {
                for (int dy = 0; dy < scale; dy++) {
                    int row = top + scale * y + dy;
                    if (row < height) { // strips of the smallest captions cut the ends of descenders
                        int at = 3 * (row * width + left + scale * x);
                        Arrays.fill(rgb, at, at + 3 * scale, (byte) INK);
                    }
                }
            });
            return Pixels.of(width, height, rgb);
        }
    }
}
