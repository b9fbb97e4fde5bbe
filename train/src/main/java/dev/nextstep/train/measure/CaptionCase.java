package dev.nextstep.train.measure;

/**
 * A prompt and the real picture that it asks for.
 *
 * @param caption what is drawn, such as {@code red apple, noto style}
 * @param picture the picture that the caption describes
 */
public record CaptionCase(String caption, PictureName picture) {}
