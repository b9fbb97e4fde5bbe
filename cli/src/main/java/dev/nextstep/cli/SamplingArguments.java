package dev.nextstep.cli;

import dev.nextstep.DrawingOptions;
import dev.nextstep.DrawingSettings;
import dev.nextstep.LateSteps;
import dev.nextstep.engine.TokenNormalization;
import dev.nextstep.flow.Guidance.NormLimit;
import dev.nextstep.flow.GuidanceSchedule;
import dev.nextstep.flow.Sampler;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How image tokens are sampled: what may also change in the middle of a picture. */
final class SamplingArguments {

    /** Reads the name of a sampler; the name itself is kept, because the noise level is another option. */
    static final class SamplerConverter implements ITypeConverter<String> {
        @Override
        public String convert(String value) {
            try {
                return Sampler.of(value).id();
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(Failure.text(e));
            }
        }
    }

    /** Reads late steps. */
    static final class LateStepsConverter implements ITypeConverter<LateSteps> {
        @Override
        public LateSteps convert(String value) {
            try {
                return LateSteps.parse(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(Failure.text(e));
            }
        }
    }

    /** Reads the name of a guidance schedule. */
    static final class ScheduleConverter implements ITypeConverter<GuidanceSchedule> {
        @Override
        public GuidanceSchedule convert(String value) {
            return Arrays.stream(GuidanceSchedule.values())
                    .filter(s -> s.id().equalsIgnoreCase(value))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("'%s' is not a schedule; there are %s"
                            .formatted(
                                    value,
                                    Arrays.stream(GuidanceSchedule.values())
                                            .map(GuidanceSchedule::id)
                                            .collect(Collectors.joining(", ")))));
        }
    }

    @Option(names = "--steps", paramLabel = "N", description = "Sampling steps of each image token, 1 to 10000.")
    private @Nullable Integer steps;

    @Option(
            names = "--late-steps",
            paramLabel = "N[@SHARE]",
            converter = LateStepsConverter.class,
            description = "Steps of the tokens behind a share of the picture, 0 to 1 (default: 0.5), such as 8@0.25; "
                    + "off for the same as before. Faster, and the picture changes a little.")
    private @Nullable LateSteps lateSteps;

    @Option(
            names = "--guidance",
            paramLabel = "SCALE",
            description = "How closely to follow the words, 1 (none) to 1000.")
    private @Nullable Float guidance;

    @Option(
            names = "--image-guidance",
            paramLabel = "SCALE",
            description = "How closely to follow the source pictures, 1 (none) to 1000.")
    private @Nullable Float imageGuidance;

    @Option(
            names = "--guidance-schedule",
            paramLabel = "NAME",
            converter = ScheduleConverter.class,
            completionCandidates = Candidates.Schedules.class,
            description = "How guidance changes along the picture: constant, linear-decreasing or linear-increasing.")
    private @Nullable GuidanceSchedule schedule;

    @Option(
            names = "--guidance-every",
            paramLabel = "K",
            description = "Compute the unguided velocity at every K-th sampling step only, 1 (each) to 1000. "
                    + "A little faster, and the picture changes a little.")
    private @Nullable Integer guidanceEvery;

    @Option(
            names = "--norm-limit",
            negatable = true,
            description = "Keep guided velocities from being longer than unguided ones, or not.")
    private @Nullable Boolean normLimit;

    @Option(
            names = "--sampler",
            paramLabel = "NAME",
            converter = SamplerConverter.class,
            completionCandidates = Candidates.Samplers.class,
            description = "s1, s2, sde, cps, ode, heun or midpoint.")
    private @Nullable String sampler;

    @Option(names = "--noise-level", paramLabel = "X", description = "Of samplers sde and cps, 0 to 1.")
    private @Nullable Float noiseLevel;

    @Option(names = "--shift", paramLabel = "X", description = "Shift of the time grid towards noise, 0.01 to 100.")
    private @Nullable Float shift;

    @Option(names = "--use-norm", negatable = true, description = "Normalise each image token, or not.")
    private @Nullable Boolean useNorm;

    /**
     * What is asked for.
     *
     * @param base what is not asked for here
     * @param defaults of the model, for what depends on them
     * @throws IllegalArgumentException if options contradict each other
     */
    DrawingOptions options(DrawingOptions base, DrawingSettings defaults) {
        return new DrawingOptions(
                base.width(),
                base.height(),
                sampler(base.sampler(), defaults.sampler()),
                steps != null ? steps : base.steps(),
                guidance != null ? guidance : base.guidanceScale(),
                imageGuidance != null ? imageGuidance : base.imageGuidanceScale(),
                schedule != null ? schedule : base.guidanceSchedule(),
                normLimit != null ? (normLimit ? NormLimit.ON : NormLimit.OFF) : base.normLimit(),
                shift != null ? shift : base.timestepShift(),
                useNorm != null
                        ? (useNorm ? TokenNormalization.ON : TokenNormalization.OFF)
                        : base.tokenNormalization(),
                base.positivePrompt(),
                base.negativePrompt(),
                lateSteps != null ? lateSteps : base.lateSteps(),
                guidanceEvery != null ? guidanceEvery : base.guidanceEvery());
    }

    private @Nullable Sampler sampler(@Nullable Sampler ofRecipe, Sampler ofModel) {
        if (sampler == null && noiseLevel == null) {
            return ofRecipe;
        }
        var known = ofRecipe != null ? ofRecipe : ofModel;
        String id = sampler != null ? sampler : known.id();
        if (noiseLevel == null) {
            return id.equals(known.id()) ? known : Sampler.of(id);
        }
        var chosen = Sampler.of(id, noiseLevel);
        if (!chosen.usesNoiseLevel()) {
            throw new IllegalArgumentException(
                    "--noise-level means nothing to sampler %s; choose --sampler sde or cps".formatted(id));
        }
        return chosen;
    }
}
