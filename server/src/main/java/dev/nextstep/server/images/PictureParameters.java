package dev.nextstep.server.images;

import dev.nextstep.DrawingSettings;
import dev.nextstep.LateSteps;
import dev.nextstep.flow.Sampler;
import dev.nextstep.image.PictureFormat;
import dev.nextstep.server.config.RequestLimits;
import dev.nextstep.server.drawing.PictureRequest;
import dev.nextstep.server.drawing.Studio;
import dev.nextstep.server.drawing.Task;
import dev.nextstep.server.http.ApiError;
import dev.nextstep.server.http.ApiException;
import dev.nextstep.server.http.Parameter;
import dev.nextstep.server.http.Parameters;
import dev.nextstep.server.http.Texts;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Parameters that say how pictures look, and what they mean. Those of OpenAI's images API have their names and meaning from
 * there; seed, steps, guidance and the like are ours. What that API knows and a model like this cannot do is no parameter
 * here, so it is refused.
 */
public final class PictureParameters {
    /** Longest prompt in characters; how many tokens a model reads is another question. */
    public static final int LONGEST_PROMPT = 32_000;

    /** Ids of the samplers. */
    static final List<String> SAMPLERS = List.of("s1", "s2", "sde", "cps", "ode", "heun", "midpoint");

    /** JPEG files without a wish. */
    private static final int DEFAULT_QUALITY = 95;

    /** Which model. */
    public static final Parameter<String> MODEL =
            Parameter.text("model", 512, "Name of the model; there is one, and it need not be named.");

    /** Size in pixels. */
    public static final Parameter<Size> SIZE = Parameter.pattern(
            "size",
            "auto|[0-9]{1,5}x[0-9]{1,5}",
            "'auto' or WIDTHxHEIGHT in pixels, such as '512x512'",
            Size::parse,
            "Width and height in pixels, multiples of 16; 'auto' is the model's own, or that of the first source picture.");

    /** Kind of the files. */
    public static final Parameter<String> OUTPUT_FORMAT = Parameter.choice(
            "output_format", List.of("png", "jpeg", "webp"), "Kind of the files; png if not given. WebP is lossless.");

    /** Quality of the files. */
    public static final Parameter<Integer> OUTPUT_COMPRESSION = Parameter.integer(
            "output_compression",
            0,
            100,
            "Quality of JPEG files, 100 for the best; 95 if not given. Other kinds lose nothing.");

    /** Pictures on the way. */
    public static final Parameter<Integer> PARTIAL_IMAGES = Parameter.integer(
            "partial_images",
            0,
            4096,
            "Pictures of the rows that are finished, evenly spread; at most one less than the picture has rows of 16 pixels.");

    /** The end user. */
    public static final Parameter<String> USER =
            Parameter.text("user", 256, "Name of the end user, kept with the job.");

    /** The end user, by its newer name. */
    public static final Parameter<String> SAFETY_IDENTIFIER =
            Parameter.text("safety_identifier", 256, "The newer name of 'user'.");

    /** How good. */
    public static final Parameter<String> QUALITY =
            Parameter.choice("quality", List.of("auto"), "'auto': the model has one quality; see steps.");

    /** What is behind. */
    public static final Parameter<String> BACKGROUND =
            Parameter.choice("background", List.of("auto", "opaque"), "Pictures have no transparent parts.");

    /** Seed. */
    public static final Parameter<Long> SEED = Parameter.any64Bits(
            "seed",
            "The same request with the same seed gives the same bytes. Random if not given, and told in the answer.");

    /** Steps. */
    public static final Parameter<Integer> STEPS =
            Parameter.integer("steps", 1, 10_000, "Sampling steps of each image token.");

    /** Steps of later tokens. */
    public static final Parameter<LateSteps> LATE_STEPS = Parameter.pattern(
            "late_steps",
            "off|([1-9][0-9]{0,3}|10000)(@(0([.][0-9]{1,3})?|1([.]0{1,3})?))?",
            "'off', or STEPS@SHARE such as '8@0.5', with 1 to 10000 steps and a share from 0 to 1",
            text -> Optional.of(LateSteps.parse(text)),
            "Other sampling steps for the tokens behind a share of the picture, such as '8@0.5', or '8' for its second half.");

    /** Evaluations with guidance. */
    public static final Parameter<Integer> GUIDANCE_EVERY = Parameter.integer(
            "guidance_every",
            1,
            1000,
            "At every how many evaluations of a token guidance is computed anew; 1 for each.");

    /** Guidance. */
    public static final Parameter<Double> GUIDANCE_SCALE =
            Parameter.number("guidance_scale", 1, 1000, "How closely to follow the words; 1 for no guidance.");

    /** Guidance by sources. */
    public static final Parameter<Double> IMAGE_GUIDANCE_SCALE = Parameter.number(
            "image_guidance_scale", 1, 1000, "How closely to follow the source pictures; 1 for no guidance.");

    /** Shift. */
    public static final Parameter<Double> TIMESTEP_SHIFT =
            Parameter.number("timestep_shift", 0.01, 100, "Shift of the sampling times towards noise; 1 for none.");

    /** What not to draw. */
    public static final Parameter<String> NEGATIVE_PROMPT =
            Parameter.text("negative_prompt", LONGEST_PROMPT, "Text of the unconditional row: what to keep away from.");

    /** What to add. */
    public static final Parameter<String> POSITIVE_PROMPT = Parameter.text(
            "positive_prompt",
            LONGEST_PROMPT,
            "Words that are added to the prompt; the model's own are left out where the prompt says them itself.");

    /** Sampler. */
    public static final Parameter<String> SAMPLER =
            Parameter.choice("sampler", SAMPLERS, "How image tokens are sampled.");

    private final Studio studio;
    private final RequestLimits limits;
    private final Parameter<Integer> count;

    /** Parameters for a model and limits. */
    public PictureParameters(Studio studio, RequestLimits limits) {
        this.studio = studio;
        this.limits = limits;
        this.count = Parameter.integer("n", 1, limits.pictures(), "Pictures for each prompt; 1 if not given.");
    }

    /**
     * A size.
     *
     * @param width in pixels; 0 if it is left to the model
     * @param height in pixels; 0 likewise
     */
    public record Size(int width, int height) {
        static Optional<Size> parse(String text) {
            if (text.equals("auto")) {
                return Optional.of(new Size(0, 0));
            }
            int x = text.indexOf('x');
            return Optional.of(
                    new Size(Integer.parseInt(text.substring(0, x)), Integer.parseInt(text.substring(x + 1))));
        }
    }

    /** How many pictures. */
    public Parameter<Integer> count() {
        return count;
    }

    /** All parameters of a task, in the order of the documentation. */
    public List<Parameter<?>> all(Task task) {
        return switch (task) {
            case GENERATE ->
                List.of(
                        MODEL,
                        count,
                        SIZE,
                        OUTPUT_FORMAT,
                        OUTPUT_COMPRESSION,
                        PARTIAL_IMAGES,
                        USER,
                        SAFETY_IDENTIFIER,
                        SEED,
                        STEPS,
                        LATE_STEPS,
                        GUIDANCE_SCALE,
                        GUIDANCE_EVERY,
                        TIMESTEP_SHIFT,
                        SAMPLER,
                        NEGATIVE_PROMPT,
                        POSITIVE_PROMPT);
            case EDIT ->
                List.of(
                        MODEL,
                        count,
                        SIZE,
                        OUTPUT_FORMAT,
                        OUTPUT_COMPRESSION,
                        PARTIAL_IMAGES,
                        USER,
                        SAFETY_IDENTIFIER,
                        SEED,
                        STEPS,
                        LATE_STEPS,
                        GUIDANCE_SCALE,
                        GUIDANCE_EVERY,
                        IMAGE_GUIDANCE_SCALE,
                        TIMESTEP_SHIFT,
                        SAMPLER,
                        NEGATIVE_PROMPT,
                        POSITIVE_PROMPT);
        };
    }

    /** A seed that people can type. */
    public long randomSeed() {
        return ThreadLocalRandom.current().nextLong(1L << 32);
    }

    /** Pixels of a token's side. */
    public int pixelsPerToken() {
        return studio.pixelsPerToken();
    }

    /** The end user that a request names. */
    public static Optional<String> user(Parameters given) {
        return given.get(SAFETY_IDENTIFIER).or(() -> given.get(USER));
    }

    /**
     * The request that parameters describe, with the model's defaults where they are silent.
     *
     * @param sources hashes of the source pictures; empty unless it is an edit
     * @param mask hash of the mask
     * @throws ApiException if they contradict each other or this model
     */
    public PictureRequest request(
            Task task, List<String> prompts, Parameters given, List<String> sources, Optional<String> mask) {
        var model = studio.model().name();
        given.get(MODEL).filter(name -> !name.equals(model)).ifPresent(name -> {
            throw ApiException.about(
                    ApiError.Kind.MODEL_NOT_FOUND,
                    "model",
                    "there is no model '%s' here; there is '%s'".formatted(Texts.shown(name), model));
        });
        var defaults = studio.defaults(task);
        var size = given.get(SIZE).filter(s -> s.width > 0 || s.height > 0);
        size.ifPresent(this::requireSize);
        var sampler = given.get(SAMPLER).map(Sampler::of).orElse(defaults.sampler());
        int steps = given.get(STEPS).orElse(defaults.steps());
        if (steps < sampler.minSteps()) {
            throw ApiException.invalid(
                    "steps", "sampler %s needs at least %d steps".formatted(sampler.id(), sampler.minSteps()));
        }
        var lateSteps = given.get(LATE_STEPS).orElse(defaults.lateSteps());
        if (!lateSteps.isNone() && lateSteps.steps() < sampler.minSteps()) {
            throw ApiException.invalid(
                    "late_steps",
                    "sampler %s needs at least %d steps; 'late_steps' may be 'off'"
                            .formatted(sampler.id(), sampler.minSteps()));
        }
        var format = given.get(OUTPUT_FORMAT)
                .map(name -> PictureFormat.valueOf(name.toUpperCase(Locale.ROOT)))
                .orElse(PictureFormat.PNG);
        return new PictureRequest(
                task,
                model,
                prompts,
                given.get(count).orElse(1),
                0,
                size.map(Size::width).orElse(openWidth(task, defaults)),
                size.map(Size::height).orElse(openHeight(task, defaults)),
                sampler.id(),
                steps,
                given.get(GUIDANCE_SCALE).map(Double::floatValue).orElse(defaults.guidanceScale()),
                given.get(IMAGE_GUIDANCE_SCALE).map(Double::floatValue).orElse(defaults.imageGuidanceScale()),
                given.get(TIMESTEP_SHIFT).map(Double::floatValue).orElse(defaults.timestepShift()),
                Optional.of(lateSteps.toString()),
                Optional.of(given.get(GUIDANCE_EVERY).orElse(defaults.guidanceEvery())),
                given.get(POSITIVE_PROMPT).orElse(defaults.positivePrompt()),
                given.get(NEGATIVE_PROMPT).orElse(defaults.negativePrompt()),
                given.get(SEED).orElseGet(this::randomSeed),
                format,
                quality(given, format),
                given.get(PARTIAL_IMAGES).orElse(0),
                sources,
                mask,
                List.of(),
                Optional.empty());
    }

    // An edit gets the shape of its first source, which nobody has looked at yet.
    private static int openWidth(Task task, DrawingSettings defaults) {
        return task == Task.EDIT ? 0 : defaults.width();
    }

    private static int openHeight(Task task, DrawingSettings defaults) {
        return task == Task.EDIT ? 0 : defaults.height();
    }

    private void requireSize(Size size) {
        if ((long) size.width * size.height > limits.pixels()) {
            throw ApiException.invalid(
                    "size",
                    "the size is %d x %d pixels; at most %d pixels in all are drawn here"
                            .formatted(size.width, size.height, limits.pixels()));
        }
        try {
            studio.model().requireSize(size.width, size.height);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("size", String.valueOf(e.getMessage()));
        }
    }

    private static int quality(Parameters given, PictureFormat format) {
        var compression = given.get(OUTPUT_COMPRESSION);
        if (format != PictureFormat.JPEG && compression.isPresent() && compression.get() != 100) {
            throw ApiException.invalid(
                    OUTPUT_COMPRESSION.name(),
                    "%s files lose nothing here; 'output_compression' means something to jpeg only"
                            .formatted(format.name().toLowerCase(Locale.ROOT)));
        }
        return compression.map(value -> Math.max(1, value)).orElse(DEFAULT_QUALITY);
    }
}
