/**
 * The emoji set: one glyph in up to five drawing styles with names and keywords, from pinned packages to pictures, captions
 * and samples of all four kinds.
 *
 * <p>{@code EmojiCatalog} says what there is, {@code EmojiSet} renders it once into a folder and writes samples from there.
 */
@NullMarked
package dev.nextstep.data.emoji;

import org.jspecify.annotations.NullMarked;
