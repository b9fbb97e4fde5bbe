package dev.nextstep.data.emoji;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Which glyphs take part. */
public enum GlyphSubset {
    /** Every glyph. */
    ALL,
    /** No flags, skin tones, gendered or family variants, hair styles, directions and components. */
    BASE,
    /** Some 390 well-known base glyphs that all five styles draw: {@code core-glyphs.tsv}. */
    CORE;

    /** The name in recipes. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the subset of this name.
     *
     * @throws IllegalArgumentException if there is none; the message lists the names
     */
    public static GlyphSubset of(String id) {
        for (var subset : values()) {
            if (subset.id().equals(id)) {
                return subset;
            }
        }
        throw new IllegalArgumentException("unknown subset of glyphs '" + id + "'; known are all, base, core");
    }

    /** The test of this subset. */
    Predicate<Glyph> test() {
        return switch (this) {
            case ALL -> glyph -> true;
            case BASE -> glyph -> glyph.form() == GlyphForm.BASE;
            case CORE -> {
                Set<String> codes = Tables.rows("core-glyphs.tsv").stream()
                        .map(List::getFirst)
                        .collect(Collectors.toUnmodifiableSet());
                yield glyph -> codes.contains(glyph.hexcode());
            }
        };
    }
}
