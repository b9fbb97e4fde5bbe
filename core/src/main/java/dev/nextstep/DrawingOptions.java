package dev.nextstep;

import dev.nextstep.engine.TokenNormalization;
import dev.nextstep.flow.Guidance.NormLimit;
import dev.nextstep.flow.GuidanceSchedule;
import dev.nextstep.flow.Sampler;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a request says about its settings; everything it leaves open (null) is the model's default. Made by the builders
 * of {@link GenerateRequest} and {@link EditRequest}; see {@link DrawingSettings} for the meaning of each value.
 */
public record DrawingOptions(
        @Nullable Integer width,
        @Nullable Integer height,
        @Nullable Sampler sampler,
        @Nullable Integer steps,
        @Nullable Float guidanceScale,
        @Nullable Float imageGuidanceScale,
        @Nullable GuidanceSchedule guidanceSchedule,
        @Nullable NormLimit normLimit,
        @Nullable Float timestepShift,
        @Nullable TokenNormalization tokenNormalization,
        @Nullable String positivePrompt,
        @Nullable String negativePrompt,
        @Nullable LateSteps lateSteps,
        @Nullable Integer guidanceEvery) {

    /** Everything left open. */
    public static final DrawingOptions NONE =
            new DrawingOptions(null, null, null, null, null, null, null, null, null, null, null, null, null, null);

    /** Every value set, so that no default matters. */
    public static DrawingOptions of(DrawingSettings s) {
        return new DrawingOptions(
                s.width(),
                s.height(),
                s.sampler(),
                s.steps(),
                s.guidanceScale(),
                s.imageGuidanceScale(),
                s.guidanceSchedule(),
                s.normLimit(),
                s.timestepShift(),
                s.tokenNormalization(),
                s.positivePrompt(),
                s.negativePrompt(),
                s.lateSteps(),
                s.guidanceEvery());
    }

    /** The same with another size; null leaves it open. */
    public DrawingOptions withSize(@Nullable Integer newWidth, @Nullable Integer newHeight) {
        return new DrawingOptions(
                newWidth,
                newHeight,
                sampler,
                steps,
                guidanceScale,
                imageGuidanceScale,
                guidanceSchedule,
                normLimit,
                timestepShift,
                tokenNormalization,
                positivePrompt,
                negativePrompt,
                lateSteps,
                guidanceEvery);
    }

    /** The same with other positive and negative prompts; null leaves them open. */
    public DrawingOptions withPrompts(@Nullable String positive, @Nullable String negative) {
        return new DrawingOptions(
                width,
                height,
                sampler,
                steps,
                guidanceScale,
                imageGuidanceScale,
                guidanceSchedule,
                normLimit,
                timestepShift,
                tokenNormalization,
                positive,
                negative,
                lateSteps,
                guidanceEvery);
    }

    /** The same with other steps and guidance; null leaves them open. */
    public DrawingOptions withSteps(@Nullable Integer newSteps, @Nullable Float newGuidanceScale) {
        return new DrawingOptions(
                width,
                height,
                sampler,
                newSteps,
                newGuidanceScale,
                imageGuidanceScale,
                guidanceSchedule,
                normLimit,
                timestepShift,
                tokenNormalization,
                positivePrompt,
                negativePrompt,
                lateSteps,
                guidanceEvery);
    }

    /**
     * The settings, with defaults for what is open.
     *
     * @throws IllegalArgumentException if a value is out of range; the message says which and the range
     */
    public DrawingSettings resolve(DrawingSettings defaults) {
        return new DrawingSettings(
                Objects.requireNonNullElse(width, defaults.width()),
                Objects.requireNonNullElse(height, defaults.height()),
                Objects.requireNonNullElse(sampler, defaults.sampler()),
                Objects.requireNonNullElse(steps, defaults.steps()),
                Objects.requireNonNullElse(guidanceScale, defaults.guidanceScale()),
                Objects.requireNonNullElse(imageGuidanceScale, defaults.imageGuidanceScale()),
                Objects.requireNonNullElse(guidanceSchedule, defaults.guidanceSchedule()),
                Objects.requireNonNullElse(normLimit, defaults.normLimit()),
                Objects.requireNonNullElse(timestepShift, defaults.timestepShift()),
                Objects.requireNonNullElse(tokenNormalization, defaults.tokenNormalization()),
                Objects.requireNonNullElse(positivePrompt, defaults.positivePrompt()),
                Objects.requireNonNullElse(negativePrompt, defaults.negativePrompt()),
                Objects.requireNonNullElse(lateSteps, defaults.lateSteps()),
                Objects.requireNonNullElse(guidanceEvery, defaults.guidanceEvery()));
    }
}
