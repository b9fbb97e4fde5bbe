package dev.nextstep.workflow.batch;

import dev.nextstep.image.Pixels;
import dev.nextstep.workflow.quality.ArtifactScore;
import dev.nextstep.workflow.quality.PublishedQuality;

/**
 * When a picture is good enough.
 *
 * @param measure what quality is
 * @param least quality that is wanted, 0 to 1; 0 takes everything
 * @param attempts tries of a picture, at least 1; the best is kept if none is good enough
 */
public record QualityGate(Measure measure, double least, int attempts) {
    /** What quality is measured by. */
    public enum Measure {
        /** {@link ArtifactScore#quality}. */
        ARTIFACTS,
        /** {@link PublishedQuality#overall}. */
        PUBLISHED
    }

    /** Checks the ranges. */
    public QualityGate {
        if (!(least >= 0 && least <= 1) || attempts < 1) {
            throw new IllegalArgumentException(
                    "least quality %s must be 0 to 1, attempts %d at least 1".formatted(least, attempts));
        }
    }

    /**
     * The quality of a picture.
     *
     * @param pixelsPerToken of the model that drew it
     */
    public double of(Pixels picture, int pixelsPerToken) {
        return switch (measure) {
            case ARTIFACTS -> ArtifactScore.of(picture, pixelsPerToken).quality();
            case PUBLISHED -> PublishedQuality.of(picture).overall();
        };
    }
}
