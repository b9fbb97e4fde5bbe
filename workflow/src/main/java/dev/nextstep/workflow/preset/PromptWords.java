package dev.nextstep.workflow.preset;

import dev.nextstep.prompt.PromptDefaults;

/**
 * Words that practitioners put round every prompt. A setting of them is {@code model} for what the model itself likes, {@code
 * usual} for the usual ones, {@code none}, or a text.
 */
public final class PromptWords {
    /** Leaves it to the model: the usual words on official models, none on the model that ships. */
    public static final String OF_THE_MODEL = "model";

    /** The words of the practitioners' guides, longer than those of the official code. */
    static final String USUAL_POSITIVE = "masterpiece, film grained, best quality, highly detailed, ultra sharp";

    private static final String USUAL = "usual";
    private static final String NONE = "none";

    private PromptWords() {}

    /** Words behind the prompt for a setting other than {@link #OF_THE_MODEL}. */
    public static String positive(String setting) {
        return of(setting, USUAL_POSITIVE);
    }

    /** What pictures should not be, for a setting other than {@link #OF_THE_MODEL}. */
    public static String negative(String setting) {
        return of(setting, PromptDefaults.NEGATIVE);
    }

    private static String of(String setting, String usual) {
        return switch (setting) {
            case USUAL -> usual;
            case NONE, "" -> "";
            default -> setting;
        };
    }
}
