package dev.nextstep.data.emoji;

import java.util.Locale;

/** What a sample is for. */
public enum Split {
    /** Training. No picture of another split occurs in it. */
    TRAIN,
    /** Pictures whose glyph and style are both in training, but not together. */
    HELD_OUT_PAIRS,
    /** Pictures of glyphs of which training has no variant in any style, and no text. */
    HELD_OUT_GLYPHS,
    /** Edits between pictures that are both in training, but never one beside the other. */
    HELD_OUT_EDITS;

    /** The name of its folder: {@code train}, {@code held-out-pairs}, …. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
