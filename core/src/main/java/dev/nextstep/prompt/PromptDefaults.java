package dev.nextstep.prompt;

import java.util.List;
import java.util.OptionalLong;

/** Texts and settings that the authors of the model recommend (spec §5). */
public final class PromptDefaults {
    /** Positive prompt for pictures from text. */
    public static final String POSITIVE = "masterpiece, film grained, best quality.";

    /** Negative prompt for pictures from text. */
    public static final String NEGATIVE = "lowres, bad anatomy, bad hands, text, error, missing fingers, extra digit,"
            + " fewer digits, cropped, worst quality, low quality, normal quality, jpeg artifacts, signature, watermark,"
            + " username, blurry.";

    /** The same for pictures that should contain writing, as in the example of August 2025. */
    public static final String NEGATIVE_WITH_WRITING = NEGATIVE.replace(" text,", "");

    /** The same as in the script of February 2026. */
    public static final String NEGATIVE_FEBRUARY = NEGATIVE.replace(" text,", " bad texts, bad layout,");

    /** Negative prompt for editing; editing has no positive prompt. */
    public static final String EDIT_NEGATIVE = "Copy original image.";

    private PromptDefaults() {}

    /** The samplers of the code generations (spec §6.5). */
    public enum SamplerName {
        S1,
        S2,
        S3_SDE
    }

    /** Whether sampled tokens are normalised before they are fed back (spec §6.7). */
    public enum TokenNormalization {
        OFF,
        ON
    }

    /**
     * One set of settings. All use the constant guidance schedule.
     *
     * @param name where it comes from
     * @param output size of the picture
     * @param guidanceScale {@code cfg}
     * @param imageGuidanceScale {@code cfg_img}
     * @param tokenNormalization {@code use_norm}
     * @param steps sampling steps of the flow head per token
     * @param timestepShift shift of the time grid
     * @param seed the seed, where one is recommended
     * @param picturesPerCaption pictures for each caption
     * @param sampler the sampler
     */
    public record Settings(
            String name,
            Grid output,
            double guidanceScale,
            double imageGuidanceScale,
            TokenNormalization tokenNormalization,
            int steps,
            double timestepShift,
            OptionalLong seed,
            int picturesPerCaption,
            SamplerName sampler) {}

    private static final Grid SIDE_512 = new Grid(32, 32);

    /** Pictures from text as on the model card (1-Large and 1.1). */
    public static final Settings TEXT_TO_IMAGE = new Settings(
            "model card, text to image",
            SIDE_512,
            7.5,
            1.0,
            TokenNormalization.OFF,
            28,
            1.0,
            OptionalLong.of(3407),
            1,
            SamplerName.S2);

    /** Pictures from text as in the example of August 2025. */
    public static final Settings TEXT_TO_IMAGE_AUGUST = new Settings(
            "August 2025 example",
            SIDE_512,
            7.5,
            1.0,
            TokenNormalization.ON,
            50,
            1.0,
            OptionalLong.of(42),
            4,
            SamplerName.S1);

    /** Editing, as on the model card and in the example of August 2025 (there with S1). */
    public static final Settings EDIT = new Settings(
            "editing", SIDE_512, 7.5, 2.0, TokenNormalization.ON, 50, 3.2, OptionalLong.of(42), 1, SamplerName.S2);

    /** Pictures from text as in the script of February 2026. */
    public static final Settings TEXT_TO_IMAGE_FEBRUARY = new Settings(
            "February 2026 script",
            SIDE_512,
            7.5,
            1.0,
            TokenNormalization.OFF,
            30,
            1.0,
            OptionalLong.empty(),
            1,
            SamplerName.S3_SDE);

    /** What the evaluations of February 2026 use; the seed is that of the first process. */
    public static final Settings EVALUATION_FEBRUARY = new Settings(
            "February 2026 evaluations",
            new Grid(16, 16),
            7.5,
            1.0,
            TokenNormalization.OFF,
            28,
            1.0,
            OptionalLong.of(42),
            1,
            SamplerName.S3_SDE);

    /** All of them. */
    public static final List<Settings> ALL =
            List.of(TEXT_TO_IMAGE, TEXT_TO_IMAGE_AUGUST, EDIT, TEXT_TO_IMAGE_FEBRUARY, EVALUATION_FEBRUARY);
}
