package dev.nextstep.cli.terminal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A small font for captions on systems without fonts: letters, digits and signs of ASCII in 5 x 9 pixels
 * ({@code caption-font.txt}). Letters with accents lose them, other characters become a box.
 */
final class BuiltInFont {
    private static final int ADVANCE = 6;
    private static final int HEIGHT = 9;
    private static final int UNKNOWN = 0xFFFD;

    private final Map<Integer, String[]> glyphs;

    private BuiltInFont(Map<Integer, String[]> glyphs) {
        this.glyphs = glyphs;
    }

    static BuiltInFont load() {
        var stream = Objects.requireNonNull(BuiltInFont.class.getResourceAsStream("caption-font.txt"));
        try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            var glyphs = new HashMap<Integer, String[]>();
            List<String> lines = reader.lines().toList();
            for (int i = lines.indexOf("") + 1; i < lines.size(); i += HEIGHT + 2) {
                int[] characters = lines.get(i).codePoints().toArray();
                for (int c = 0; c < characters.length; c++) {
                    var rows = new String[HEIGHT];
                    for (int row = 0; row < HEIGHT; row++) {
                        rows[row] = lines.get(i + 1 + row).substring(ADVANCE * c, ADVANCE * c + ADVANCE - 1);
                    }
                    glyphs.put(characters[c], rows);
                }
            }
            return new BuiltInFont(Map.copyOf(glyphs));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The line as this font can write it. */
    String plain(String line) {
        var out = new StringBuilder();
        Normalizer.normalize(line, Normalizer.Form.NFKD)
                .codePoints()
                .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
                .map(c -> c == ' ' || glyphs.containsKey(c) ? c : UNKNOWN)
                .forEach(out::appendCodePoint);
        return out.toString();
    }

    /** Pixels of the width of a line that {@link #plain} made. */
    static int width(String line, int scale) {
        return Math.max(0, scale * (ADVANCE * line.codePointCount(0, line.length()) - 1));
    }

    static int height(int scale) {
        return HEIGHT * scale;
    }

    /** Calls for each dot of a line that {@link #plain} made. */
    void draw(String line, Dots dots) {
        int[] characters = line.codePoints().toArray();
        for (int i = 0; i < characters.length; i++) {
            var rows = glyphs.get(characters[i]);
            for (int y = 0; rows != null && y < HEIGHT; y++) {
                for (int x = 0; x < rows[y].length(); x++) {
                    if (rows[y].charAt(x) == '#') {
                        dots.dot(ADVANCE * i + x, y);
                    }
                }
            }
        }
    }

    /** Receives the dots of a line. */
    interface Dots {
        /** One dot, counted from the left and from the top. */
        void dot(int x, int y);
    }
}
