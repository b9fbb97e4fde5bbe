package dev.nextstep.data.sheet;

import dev.nextstep.image.Pixels;
import dev.nextstep.image.ResampleFilter;
import dev.nextstep.image.Resampler;

/**
 * A small picture of a sample.
 *
 * @param key the sample
 * @param caption its caption, shortened
 * @param picture longer side at most {@value #SIDE} pixels
 */
public record Thumbnail(String key, String caption, Pixels picture) {
    /** Longest side in pixels. */
    public static final int SIDE = 96;

    private static final int CAPTION = 200;

    /** Shrinks a picture; one that is small enough stays as it is. */
    public static Thumbnail of(String key, String caption, Pixels picture) {
        int longer = Math.max(picture.width(), picture.height());
        var small = longer <= SIDE
                ? picture
                : Resampler.resize(
                        picture,
                        Math.max(1, Math.round((float) picture.width() * SIDE / longer)),
                        Math.max(1, Math.round((float) picture.height() * SIDE / longer)),
                        ResampleFilter.BOX);
        int end = Math.min(CAPTION, caption.length());
        if (end < caption.length() && Character.isHighSurrogate(caption.charAt(end - 1))) {
            end--;
        }
        return new Thumbnail(key, end < caption.length() ? caption.substring(0, end) + "…" : caption, small);
    }
}
