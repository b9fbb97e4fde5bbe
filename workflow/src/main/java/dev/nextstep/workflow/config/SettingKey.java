package dev.nextstep.workflow.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Every setting that a file, the environment or a flag may give, but for presets, which have names of their own. */
public enum SettingKey {
    /** Folder of the model; empty for the one that comes with the program. */
    MODEL("model", new SettingKind.Text(), ""),
    /** Threads; 0 for as many as there are cores. */
    THREADS("threads", new SettingKind.Whole(0, 1024), "0"),
    /** Pictures that are drawn beside each other. */
    BATCH_SIZE("batch_size", new SettingKind.Whole(1, 1024), "8"),
    /** The preset that is used unless a job names one. */
    PRESET("preset", new SettingKind.Text(), "standard"),
    /** Files that are written of each picture. */
    OUTPUT_FORMATS("output_formats", new SettingKind.Words(List.of("png", "jpg", "webp")), "png"),
    /** Whether each picture gets a file with all that is known of it. */
    METADATA_TRACKING("metadata_tracking", new SettingKind.Choice(), "true"),
    /** Where pictures go. */
    OUTPUT_FOLDER("output.folder", new SettingKind.Text(), "batch"),
    /** Template of their names. */
    OUTPUT_NAME("output.name", new SettingKind.Text(), "{index}-{prompt}"),
    /** Quality of JPEG files. */
    JPEG_QUALITY("output.jpeg_quality", new SettingKind.Whole(1, 100), "92"),
    /** Put behind every prompt: {@link dev.nextstep.workflow.preset.PromptWords}. */
    POSITIVE_PROMPT("prompts.positive", new SettingKind.Text(), "model"),
    /** What pictures should not be, likewise. */
    NEGATIVE_PROMPT("prompts.negative", new SettingKind.Text(), "model"),
    /** What quality is measured by. */
    QUALITY_MEASURE("quality.measure", new SettingKind.Word(List.of("artifacts", "published")), "artifacts"),
    /** A picture below it is tried again. */
    MIN_QUALITY("quality.min", new SettingKind.Decimal(0, 1), "0"),
    /** Tries of a picture that is not good enough. */
    ATTEMPTS("quality.attempts", new SettingKind.Whole(1, 100), "1"),
    /** Whether another try keeps the rows above the first damaged one. */
    REPAIR("quality.repair", new SettingKind.Choice(), "false"),
    /** Tries of a picture that could not be drawn or written. */
    RETRIES("retries", new SettingKind.Whole(0, 100), "2");

    private final String path;

    @SuppressWarnings("ImmutableEnumChecker") // records of numbers and of lists that are never changed
    private final SettingKind kind;

    private final String usual;

    SettingKey(String path, SettingKind kind, String usual) {
        this.path = path;
        this.kind = kind;
        this.usual = usual;
    }

    /** Its place in a file, such as {@code quality.min}. */
    public String path() {
        return path;
    }

    /** What values it takes. */
    public SettingKind kind() {
        return kind;
    }

    /** Its built-in value, as text. */
    String usual() {
        return usual;
    }

    /** Its name in the environment, such as {@code NEXTSTEP_QUALITY_MIN}. */
    public String variable() {
        return "NEXTSTEP_" + path.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** The setting of that place. */
    public static Optional<SettingKey> of(String path) {
        return Arrays.stream(values()).filter(key -> key.path.equals(path)).findFirst();
    }
}
