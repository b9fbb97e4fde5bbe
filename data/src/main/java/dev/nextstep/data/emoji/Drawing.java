package dev.nextstep.data.emoji;

/**
 * A glyph as one style draws it.
 *
 * @param glyph what it means
 * @param style who draws it
 * @param icon how
 */
public record Drawing(Glyph glyph, EmojiStyle style, Icon icon) {}
