package dev.nextstep.data.emoji;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keywords that say what a glyph is. The data's keywords are made for searching and split phrases into words; those that
 * several glyphs share name a kind of thing ("fruit", "music"), the others often nothing ("pulled").
 */
final class CommonTags {
    private static final int LEAST_GLYPHS = 5;
    /** Shared by many, and still no kind of thing. */
    private static final Set<String> NOTHING = Set.of(
            "not",
            "done",
            "yolo",
            "ily",
            "feels",
            "high",
            "five",
            "one",
            "off",
            "over",
            "out",
            "say",
            "whatever",
            "xoxo",
            "emoji");

    private final Map<String, Integer> counts = new HashMap<>();

    CommonTags(Collection<RenderedEmoji> pictures) {
        var glyphs = new LinkedHashMap<String, Glyph>();
        pictures.forEach(picture -> glyphs.put(picture.glyph().hexcode(), picture.glyph()));
        glyphs.values().stream()
                .filter(glyph -> glyph.form() == GlyphForm.BASE)
                .forEach(glyph -> glyph.tags().forEach(tag -> counts.merge(tag, 1, Integer::sum)));
    }

    /** Those of a glyph, in the order of the data. */
    List<String> of(Glyph glyph) {
        return glyph.tags().stream()
                .filter(tag -> tag.matches("[a-z]{3,}")
                        && !NOTHING.contains(tag)
                        && counts.getOrDefault(tag, 0) >= LEAST_GLYPHS)
                .toList();
    }
}
