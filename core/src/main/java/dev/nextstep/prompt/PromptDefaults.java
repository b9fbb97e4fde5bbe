package dev.nextstep.prompt;

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
}
