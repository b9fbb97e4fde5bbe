package dev.nextstep.data.sequence;

import dev.nextstep.data.caption.CaptionSettings;
import dev.nextstep.data.caption.TagAugmentation;

/**
 * How samples become sequences.
 *
 * @param seed of all choices
 * @param captions choice of the caption
 * @param tags changes of the marks
 * @param dropTextProbability how often a captioned picture comes before its caption, 0 to 1; for validation 0
 * @param maxPictures most pictures of an interleaved sample ({@link PictureWindow#limit}), at least 1
 */
public record PreparationSettings(
        long seed, CaptionSettings captions, TagAugmentation tags, double dropTextProbability, int maxPictures) {
    /** Checks the ranges. */
    public PreparationSettings {
        new DropText(seed, dropTextProbability);
        if (maxPictures < 1) {
            throw new IllegalArgumentException("maxPictures must be at least 1, got " + maxPictures);
        }
    }

    /** What the official runs do, with captions of {@link CaptionSettings#DEFAULT}. */
    public static PreparationSettings official(long seed, int maxPictures) {
        return new PreparationSettings(seed, CaptionSettings.DEFAULT, TagAugmentation.OFFICIAL, 0.3, maxPictures);
    }

    /** Nothing random but the choice among several captions: for validation. */
    public PreparationSettings forValidation() {
        return new PreparationSettings(seed, captions, TagAugmentation.NONE, 0, maxPictures);
    }
}
