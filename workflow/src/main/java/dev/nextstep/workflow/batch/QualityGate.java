package dev.nextstep.workflow.batch;

import dev.nextstep.Picture;
import dev.nextstep.workflow.config.SettingKey;
import dev.nextstep.workflow.config.Settings;
import dev.nextstep.workflow.quality.ArtifactScore;
import dev.nextstep.workflow.quality.Damage;
import dev.nextstep.workflow.quality.PublishedQuality;
import dev.nextstep.workflow.quality.TokenDrift;
import java.util.Locale;
import java.util.Optional;

/**
 * When a picture is good enough.
 *
 * @param measure what quality is
 * @param least quality that is wanted, 0 to 1; 0 takes everything
 * @param attempts tries of a picture, at least 1; the best is kept if none is good enough
 * @param retry how another try is made
 */
public record QualityGate(Measure measure, double least, int attempts, Retry retry) {
    /** Takes whatever is drawn, scored by its damage. */
    public static final QualityGate OPEN = new QualityGate(Measure.ARTIFACTS, 0, 1, Retry.NEW_SEED);

    /** How another try is made. */
    public enum Retry {
        /** All of the picture with another seed. */
        NEW_SEED,
        /** The best so far from its first damaged row on, where damage has a place; otherwise all of it. */
        REPAIR
    }

    /** The gate of a list: measure, least quality, attempts and repair as its settings say. */
    public static QualityGate of(Settings settings) {
        return new QualityGate(
                Measure.valueOf(settings.text(SettingKey.QUALITY_MEASURE).toUpperCase(Locale.ROOT)),
                settings.number(SettingKey.MIN_QUALITY),
                settings.whole(SettingKey.ATTEMPTS),
                settings.isOn(SettingKey.REPAIR) ? Retry.REPAIR : Retry.NEW_SEED);
    }

    /** What quality is measured by. */
    public enum Measure {
        /** {@link Damage#quality}. */
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
     * @param model that drew it
     */
    public double of(Picture picture, BatchModel model) {
        return switch (measure) {
            case ARTIFACTS -> damage(picture, model).quality();
            case PUBLISHED -> PublishedQuality.of(picture.pixels()).overall();
        };
    }

    /**
     * What is wrong with a picture by its pixels and, where the model normalises tokens, by those.
     *
     * @param model that drew it
     */
    public static Damage damage(Picture picture, BatchModel model) {
        int side = model.pixelsPerToken();
        var dimension = model.normalTokens();
        Optional<TokenDrift> drift = dimension.isPresent()
                ? Optional.of(TokenDrift.of(picture.tokens(), picture.pixels().width() / side, dimension.getAsInt()))
                : Optional.empty();
        return new Damage(ArtifactScore.of(picture.pixels(), side), drift);
    }

    /**
     * Rows of tokens of a picture that another try keeps.
     *
     * @return 0 to draw all of it again: nothing is to be repaired, damage has no place, or begins in the first row
     */
    public int keptRows(Picture picture, BatchModel model) {
        return retry == Retry.REPAIR && measure == Measure.ARTIFACTS && least > 0
                ? damage(picture, model).firstDamagedRow(least).orElse(0)
                : 0;
    }
}
