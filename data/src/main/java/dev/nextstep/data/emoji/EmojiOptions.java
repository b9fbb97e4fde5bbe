package dev.nextstep.data.emoji;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Which samples are made of the set.
 *
 * @param glyphs glyphs of pictures, texts and series
 * @param styles styles of all pictures, at least one
 * @param editGlyphs glyphs of edit pairs
 * @param editLimits most edit pairs in training of each kind, 0 or more; a kind that is absent has no limit, and one with a
 *     limit of 0 is left out altogether: nothing of it is held out either
 * @param heldOutEditLimit most held-out edit pairs of each kind, 0 or more
 * @param textsPerGlyph most text samples of a glyph, 0 to 100
 * @param seriesPerGlyph interleaved samples that begin with a glyph, 0 to 100
 * @param descriptions samples of a picture with its words behind it
 * @param seed of every choice but the held-out parts
 * @param holdOut what is held out
 */
public record EmojiOptions(
        GlyphSubset glyphs,
        Set<EmojiStyle> styles,
        GlyphSubset editGlyphs,
        Map<EditKind, Integer> editLimits,
        int heldOutEditLimit,
        int textsPerGlyph,
        int seriesPerGlyph,
        Descriptions descriptions,
        long seed,
        HoldOutOptions holdOut) {
    /** The whole set, all edits. */
    public static final EmojiOptions DEFAULT = new EmojiOptions(
            GlyphSubset.ALL,
            EnumSet.allOf(EmojiStyle.class),
            GlyphSubset.ALL,
            Map.of(),
            500,
            3,
            1,
            Descriptions.NONE,
            1,
            HoldOutOptions.DEFAULT);

    private static final int MOST_PER_GLYPH = 100;

    /**
     * Checks the values and copies the collections.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public EmojiOptions {
        if (styles.isEmpty()) {
            throw new IllegalArgumentException("no style of emoji chosen: expected at least one");
        }
        styles = Collections.unmodifiableSet(EnumSet.copyOf(styles));
        var limits = new EnumMap<EditKind, Integer>(EditKind.class);
        limits.putAll(editLimits);
        editLimits = Collections.unmodifiableMap(limits);
        editLimits.forEach((kind, limit) -> atLeastZero("limit of " + kind.id() + " edits", limit));
        atLeastZero("limit of held-out edits", heldOutEditLimit);
        perGlyph("texts", textsPerGlyph);
        perGlyph("series", seriesPerGlyph);
    }

    /** The same with other glyphs, for pictures, texts, series and edits. */
    public EmojiOptions withGlyphs(GlyphSubset subset) {
        return new EmojiOptions(
                subset,
                styles,
                subset,
                editLimits,
                heldOutEditLimit,
                textsPerGlyph,
                seriesPerGlyph,
                descriptions,
                seed,
                holdOut);
    }

    /** The same with other glyphs for edits alone: few glyphs with all their skin tones, say. */
    public EmojiOptions withEditGlyphs(GlyphSubset subset) {
        return new EmojiOptions(
                glyphs,
                styles,
                subset,
                editLimits,
                heldOutEditLimit,
                textsPerGlyph,
                seriesPerGlyph,
                descriptions,
                seed,
                holdOut);
    }

    /** The same with other limits of edits in training. */
    public EmojiOptions withEditLimits(Map<EditKind, Integer> limits) {
        return new EmojiOptions(
                glyphs,
                styles,
                editGlyphs,
                limits,
                heldOutEditLimit,
                textsPerGlyph,
                seriesPerGlyph,
                descriptions,
                seed,
                holdOut);
    }

    /** The same with other held-out shares. */
    public EmojiOptions withHoldOut(HoldOutOptions other) {
        return new EmojiOptions(
                glyphs,
                styles,
                editGlyphs,
                editLimits,
                heldOutEditLimit,
                textsPerGlyph,
                seriesPerGlyph,
                descriptions,
                seed,
                other);
    }

    /** The same with or without descriptions. */
    public EmojiOptions withDescriptions(Descriptions other) {
        return new EmojiOptions(
                glyphs,
                styles,
                editGlyphs,
                editLimits,
                heldOutEditLimit,
                textsPerGlyph,
                seriesPerGlyph,
                other,
                seed,
                holdOut);
    }

    private static void atLeastZero(String what, int value) {
        if (value < 0) {
            throw new IllegalArgumentException(what + " is " + value + ": expected 0 or more");
        }
    }

    private static void perGlyph(String what, int value) {
        if (value < 0 || value > MOST_PER_GLYPH) {
            throw new IllegalArgumentException(what + " per glyph are " + value + ": expected 0 to " + MOST_PER_GLYPH);
        }
    }
}
