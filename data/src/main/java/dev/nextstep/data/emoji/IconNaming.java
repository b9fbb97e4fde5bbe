package dev.nextstep.data.emoji;

/** How the icons of a package tell which glyph they draw. */
enum IconNaming {
    /** {@code chars.json} maps code points to names. */
    CODE_POINTS,
    /** The icon's name is the glyph's label, lower case, with hyphens. */
    LABELS
}
