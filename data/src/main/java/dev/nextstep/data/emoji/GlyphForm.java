package dev.nextstep.data.emoji;

/** What a glyph is among its relatives; the first that fits counts. */
public enum GlyphForm {
    /** A regional letter, a lone skin tone, a lone hair style: part of other glyphs. */
    COMPONENT,
    /** A flag of any kind. */
    FLAG,
    /** With one or two skin tones. */
    TONE,
    /** The same person or thing facing right. */
    DIRECTION,
    /** A family or couple with named members. */
    FAMILY,
    /** A person with named hair. */
    HAIR,
    /** The man or woman of a glyph that also exists without gender. */
    GENDER,
    /** None of these. */
    BASE
}
