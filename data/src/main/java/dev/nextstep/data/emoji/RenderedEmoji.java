package dev.nextstep.data.emoji;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A drawing as a picture file.
 *
 * @param glyph what it means
 * @param style who drew it
 * @param file the PNG
 * @param sha256 of the file, hexadecimal; the same for drawings that look the same
 * @param colour its main colour, where one can be named with confidence
 */
public record RenderedEmoji(Glyph glyph, EmojiStyle style, Path file, String sha256, Optional<ColourName> colour) {
    /** {@code STYLE/HEXCODE}, which no other picture has. */
    public String id() {
        return style.word() + "/" + glyph.hexcode();
    }
}
