package dev.nextstep.data.emoji;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What of each package found its glyph.
 *
 * @param styles by style
 */
public record JoinReport(Map<EmojiStyle, Style> styles) {
    /**
     * One package.
     *
     * @param icons drawings in it
     * @param glyphs glyphs that it draws
     * @param withoutGlyph names of drawings that belong to no glyph, sorted
     */
    public record Style(int icons, int glyphs, List<String> withoutGlyph) {
        /** Copies the list. */
        public Style {
            withoutGlyph = List.copyOf(withoutGlyph);
        }
    }

    /** Copies the map. */
    public JoinReport {
        styles = Collections.unmodifiableMap(new EnumMap<>(styles));
    }

    /** Pictures in all. */
    public int pictures() {
        return styles.values().stream().mapToInt(Style::glyphs).sum();
    }
}
