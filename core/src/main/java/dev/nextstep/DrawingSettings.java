package dev.nextstep;

import dev.nextstep.checkpoint.TaskDefaults;
import dev.nextstep.engine.SamplingSettings;
import dev.nextstep.engine.TokenNormalization;
import dev.nextstep.flow.EulerMaruyama;
import dev.nextstep.flow.FlowSde;
import dev.nextstep.flow.Guidance;
import dev.nextstep.flow.Guidance.NormLimit;
import dev.nextstep.flow.GuidanceSchedule;
import dev.nextstep.flow.Sampler;
import dev.nextstep.prompt.PromptDefaults;

/**
 * Everything besides the prompt and the seed that decides a picture, with no value open. Presets are the official ones
 * (spec §5).
 *
 * @param width of the picture in pixels, a multiple of 16 in the official models
 * @param height of the picture in pixels, likewise
 * @param sampler how a token is sampled from noise
 * @param steps sampling steps of each token
 * @param guidanceScale text guidance ({@code cfg}), 1 for none
 * @param imageGuidanceScale guidance by source pictures ({@code cfg_img}), 1 for none
 * @param guidanceSchedule how both scales change along the picture
 * @param normLimit whether guided velocities may be longer than conditional ones
 * @param timestepShift shift of the time grid towards noise, 1 for none
 * @param tokenNormalization {@code use_norm}
 * @param positivePrompt added to the prompt after a space, unless empty
 * @param negativePrompt text of the unconditional row, may be empty
 * @param lateSteps another number of steps for later tokens
 * @param guidanceEvery the unconditional velocity is computed at every k-th evaluation of a token, 1 to 1000, 1 for each
 */
public record DrawingSettings(
        int width,
        int height,
        Sampler sampler,
        int steps,
        float guidanceScale,
        float imageGuidanceScale,
        GuidanceSchedule guidanceSchedule,
        NormLimit normLimit,
        float timestepShift,
        TokenNormalization tokenNormalization,
        String positivePrompt,
        String negativePrompt,
        LateSteps lateSteps,
        int guidanceEvery) {

    /** Text to image as on the model cards of 1-Large and 1.1. */
    public static final DrawingSettings MODEL_CARD = new DrawingSettings(
            512,
            512,
            EulerMaruyama.MODEL_CARD,
            28,
            7.5f,
            1,
            GuidanceSchedule.CONSTANT,
            NormLimit.OFF,
            1,
            TokenNormalization.OFF,
            PromptDefaults.POSITIVE,
            PromptDefaults.NEGATIVE);

    /** Text to image as in the example of August 2025. */
    public static final DrawingSettings AUGUST_2025 = new DrawingSettings(
            512,
            512,
            EulerMaruyama.AUGUST_2025,
            50,
            7.5f,
            1,
            GuidanceSchedule.CONSTANT,
            NormLimit.OFF,
            1,
            TokenNormalization.ON,
            PromptDefaults.POSITIVE,
            PromptDefaults.NEGATIVE_WITH_WRITING);

    /** Text to image as in the script of February 2026. */
    public static final DrawingSettings FEBRUARY_2026 = new DrawingSettings(
            512,
            512,
            new FlowSde(Sampler.DEFAULT_NOISE_LEVEL),
            30,
            7.5f,
            1,
            GuidanceSchedule.CONSTANT,
            NormLimit.OFF,
            1,
            TokenNormalization.OFF,
            PromptDefaults.POSITIVE,
            PromptDefaults.NEGATIVE_FEBRUARY);

    /** Editing as on the model card. */
    public static final DrawingSettings EDIT = new DrawingSettings(
            512,
            512,
            EulerMaruyama.MODEL_CARD,
            50,
            7.5f,
            2,
            GuidanceSchedule.CONSTANT,
            NormLimit.OFF,
            3.2f,
            TokenNormalization.ON,
            "",
            PromptDefaults.EDIT_NEGATIVE);

    /** Every token with the same number of steps, and guidance at each. */
    public DrawingSettings(
            int width,
            int height,
            Sampler sampler,
            int steps,
            float guidanceScale,
            float imageGuidanceScale,
            GuidanceSchedule guidanceSchedule,
            NormLimit normLimit,
            float timestepShift,
            TokenNormalization tokenNormalization,
            String positivePrompt,
            String negativePrompt) {
        this(
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
                positivePrompt,
                negativePrompt,
                LateSteps.NONE,
                1);
    }

    /** The range checks of the parts, with their messages. */
    public DrawingSettings {
        new Guidance(guidanceScale, imageGuidanceScale, guidanceSchedule, normLimit, guidanceEvery);
        if (steps < sampler.minSteps() || steps > 10_000) {
            throw new IllegalArgumentException("steps must be between %d and 10000 for sampler %s, not %d"
                    .formatted(sampler.minSteps(), sampler.id(), steps));
        }
        if (!lateSteps.isNone() && lateSteps.steps() < sampler.minSteps()) {
            throw new IllegalArgumentException("late steps must be between %d and 10000 for sampler %s, not %d"
                    .formatted(sampler.minSteps(), sampler.id(), lateSteps.steps()));
        }
        if (!(timestepShift >= 0.01f && timestepShift <= 100)) {
            throw new IllegalArgumentException("timestep shift must be between 0.01 and 100, not " + timestepShift);
        }
    }

    /** These settings with what a model's own file says instead. */
    DrawingSettings with(TaskDefaults own) {
        return new DrawingSettings(
                own.width().orElse(width),
                own.height().orElse(height),
                own.sampler().map(Sampler::of).orElse(sampler),
                own.steps().orElse(steps),
                (float) own.guidanceScale().orElse(guidanceScale),
                (float) own.imageGuidanceScale().orElse(imageGuidanceScale),
                guidanceSchedule,
                normLimit,
                (float) own.timestepShift().orElse(timestepShift),
                own.normalizeTokens()
                        .map(on -> on ? TokenNormalization.ON : TokenNormalization.OFF)
                        .orElse(tokenNormalization),
                own.positivePrompt().orElse(positivePrompt),
                own.negativePrompt().orElse(negativePrompt),
                lateSteps,
                guidanceEvery);
    }

    DrawingSettings withPositive(String text) {
        return new DrawingSettings(
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
                text,
                negativePrompt,
                lateSteps,
                guidanceEvery);
    }

    /** The most steps that a token takes. */
    int mostSteps() {
        return lateSteps.isNone() ? steps : Math.max(steps, lateSteps.steps());
    }

    /**
     * How a token is sampled: the engine's form of it.
     *
     * @param token its index, raster order
     * @param total tokens of the picture
     */
    SamplingSettings sampling(int token, int total) {
        return new SamplingSettings(
                sampler,
                lateSteps.of(steps, token, total),
                timestepShift,
                new Guidance(guidanceScale, imageGuidanceScale, guidanceSchedule, normLimit, guidanceEvery),
                tokenNormalization);
    }
}
