package dev.nextstep.cli;

import dev.nextstep.DrawingOptions;
import dev.nextstep.DrawingSettings;
import dev.nextstep.NextStep;
import dev.nextstep.engine.TokenNormalization;
import dev.nextstep.flow.Guidance.NormLimit;
import dev.nextstep.flow.GuidanceSchedule;
import dev.nextstep.flow.Sampler;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Options of all commands that draw; what is not given is the recipe's with --from, and else the model's default. */
final class DrawingArguments {

    /** A size such as 512x512. */
    record Size(int width, int height) {}

    /** Reads a size. */
    static final class SizeConverter implements ITypeConverter<Size> {
        private static final Pattern FORM = Pattern.compile("(\\d{1,6})[xX×*](\\d{1,6})");

        @Override
        public Size convert(String value) {
            var match = FORM.matcher(value.strip());
            if (!match.matches()) {
                throw new TypeConversionException(
                        "'%s' is not a size; write WIDTHxHEIGHT in pixels, such as 512x512".formatted(value));
            }
            return new Size(Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2)));
        }
    }

    /** The shape of a picture, width to height. */
    record Aspect(double width, double height) {}

    /** Reads a shape. */
    static final class AspectConverter implements ITypeConverter<Aspect> {
        private static final Pattern FORM =
                Pattern.compile("(\\d{1,5}(?:\\.\\d{1,5})?)(?:[:/xX](\\d{1,5}(?:\\.\\d{1,5})?))?");

        @Override
        public Aspect convert(String value) {
            var match = FORM.matcher(value.strip());
            if (match.matches()) {
                double width = Double.parseDouble(match.group(1));
                double height = match.group(2) == null ? 1 : Double.parseDouble(match.group(2));
                if (width > 0 && height > 0) {
                    return new Aspect(width, height);
                }
            }
            throw new TypeConversionException("'%s' is not a shape; write for example 3:2".formatted(value));
        }
    }

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

    @Option(names = "-n", paramLabel = "N", description = "Pictures for each seed, 1 to 4096 (default: 1).")
    private int count = 1;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Any 64-bit number; the same request and seed give the same picture. Random if not given.")
    private @Nullable Long seed;

    @Option(names = "--seeds", paramLabel = "N", split = ",", description = "Several seeds: 1,2,3.")
    private List<Long> seeds = List.of();

    @Option(
            names = "--index",
            paramLabel = "N",
            description = "Index of the first picture (default: 0): with -n 1 draws one picture of several again.")
    private @Nullable Integer index;

    @Option(
            names = "--size",
            paramLabel = "WxH",
            converter = SizeConverter.class,
            description = "Width and height in pixels, multiples of 16.")
    private @Nullable Size size;

    @Option(
            names = "--aspect",
            paramLabel = "W:H",
            converter = AspectConverter.class,
            description = "Shape, such as 3:2: the nearest of 17 sizes of the model's area is taken.")
    private @Nullable Aspect aspect;

    @Option(names = "--steps", paramLabel = "N", description = "Sampling steps of each image token, 1 to 10000.")
    private @Nullable Integer steps;

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
            names = "--norm-limit",
            negatable = true,
            description = "Keep guided velocities from being longer than unguided ones, or not.")
    private @Nullable Boolean normLimit;

    @Option(names = "--negative", paramLabel = "TEXT", description = "What the picture should not show.")
    private @Nullable String negative;

    @Option(names = "--positive", paramLabel = "TEXT", description = "Words that are added to the prompt.")
    private @Nullable String positive;

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

    @Option(
            names = "--from",
            paramLabel = "PICTURE",
            description = {
                "Draw a picture again from the recipe in its file; every other option overrides the recipe.",
                "Pictures of other programs give what they have."
            })
    private @Nullable Path from;

    @Nullable
    Path from() {
        return from;
    }

    int count() {
        return count;
    }

    /** Whether the seed was left to chance or to a recipe. */
    boolean isSeedOpen() {
        return seed == null && seeds.isEmpty();
    }

    /**
     * The seeds of this command.
     *
     * @throws IllegalArgumentException if there are two kinds of them
     */
    List<Long> seeds(OptionalLong ofRecipe) {
        if (seed != null && !seeds.isEmpty()) {
            throw new IllegalArgumentException("--seed and --seeds: give one of them");
        }
        if (!seeds.isEmpty()) {
            return seeds;
        }
        return List.of(
                seed != null
                        ? seed
                        : ofRecipe.orElseGet(() -> ThreadLocalRandom.current().nextLong(1L << 32)));
    }

    /** Index of the first picture; a recipe's counts while its seed does. */
    int firstIndex(int ofRecipe) {
        return index != null ? index : isSeedOpen() ? ofRecipe : 0;
    }

    /**
     * What is asked for.
     *
     * @param base of the recipe, or nothing at all
     * @param defaults of the model, for what depends on them
     * @throws IllegalArgumentException if options contradict each other
     */
    DrawingOptions options(DrawingOptions base, DrawingSettings defaults, NextStep model) {
        if (size != null && aspect != null) {
            throw new IllegalArgumentException("--size and --aspect: give one of them");
        }
        Integer width = base.width();
        Integer height = base.height();
        if (size != null) {
            width = size.width;
            height = size.height;
        } else if (aspect != null) {
            var chosen = model.sizeFor(aspect.width, aspect.height, defaults);
            width = chosen.width();
            height = chosen.height();
        }
        return new DrawingOptions(
                width,
                height,
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
                positive != null ? positive : base.positivePrompt(),
                negative != null ? negative : base.negativePrompt());
    }

    boolean hasAspect() {
        return aspect != null;
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
