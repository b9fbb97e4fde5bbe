package dev.nextstep.train.measure;

import java.util.Optional;

/**
 * A prompt and the real picture that it asks for.
 *
 * @param caption what is drawn, such as {@code red apple, noto style}
 * @param picture the picture that the caption describes
 */
public record CaptionCase(String caption, PictureName picture) {
    /** The same without its style, as people prompt; empty if the caption does not end in one. */
    Optional<CaptionCase> plain() {
        String end = ", " + picture.style() + " style";
        return caption.endsWith(end) && caption.length() > end.length()
                ? Optional.of(new CaptionCase(caption.substring(0, caption.length() - end.length()), picture))
                : Optional.empty();
    }
}
