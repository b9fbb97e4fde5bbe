package dev.nextstep.data.emoji;

import java.util.List;
import java.util.Optional;

/**
 * What an emoji means, whoever draws it.
 *
 * @param hexcode its code points, lower case, without {@code fe0f}: the key everywhere
 * @param label English name (CLDR by way of emojibase), such as {@code red apple}
 * @param tags English keywords
 * @param aliases other names that belong to this glyph alone, lower case
 * @param group group in words, such as {@code food & drink}
 * @param subgroup subgroup's key, such as {@code food-fruit}
 * @param base the glyph that this one varies by tone, gender, hair, members or direction; itself if it varies none
 * @param tones skin tones in it, of one or two people
 * @param gender where its code says it
 * @param form what it is among its relatives
 */
public record Glyph(
        String hexcode,
        String label,
        List<String> tags,
        List<String> aliases,
        String group,
        String subgroup,
        String base,
        List<SkinTone> tones,
        Optional<Gender> gender,
        GlyphForm form) {
    /** Copies the lists. */
    public Glyph {
        tags = List.copyOf(tags);
        aliases = List.copyOf(aliases);
        tones = List.copyOf(tones);
    }
}
