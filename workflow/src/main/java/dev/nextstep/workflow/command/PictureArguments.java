package dev.nextstep.workflow.command;

import dev.nextstep.workflow.config.SettingKey;
import dev.nextstep.workflow.config.Settings;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that stand above the settings of a file and the environment. */
final class PictureArguments {
    @Option(names = "--out", paramLabel = "DIR", description = "Folder of the pictures; made if it is not there.")
    private @Nullable String out;

    @Option(
            names = "--quality",
            paramLabel = "PRESET",
            completionCandidates = Presets.class,
            description = "draft, standard, premium, educational or one of nextstep.yaml: size, steps and guidance; "
                    + "what that means on this model is said.")
    private @Nullable String preset;

    @Option(names = "--formats", paramLabel = "LIST", description = "Files of each picture: png,jpg,webp.")
    private @Nullable String formats;

    @Option(names = "--jpeg-quality", paramLabel = "N", description = "Of JPEG files, 1 to 100.")
    private @Nullable String jpegQuality;

    @Option(
            names = "--positive",
            paramLabel = "TEXT",
            description = "Words behind every prompt: model (its own), usual, none, or a text.")
    private @Nullable String positive;

    @Option(
            names = "--negative",
            paramLabel = "TEXT",
            description = "What pictures should not be: model (its own), usual, none, or a text.")
    private @Nullable String negative;

    @Option(
            names = "--min-quality",
            paramLabel = "X",
            description = "Draw a picture again with other seeds while its quality, 0 to 1, is below.")
    private @Nullable String least;

    @Option(
            names = "--attempts",
            paramLabel = "N",
            description = "Tries of a picture that is not good enough; the best is kept.")
    private @Nullable String attempts;

    @Option(
            names = "--repair",
            description = "Tries of --attempts keep the rows above the first damaged one and draw the rest again, "
                    + "where damage has a place; otherwise all of it.")
    private boolean repair;

    @Option(
            names = "--measure",
            paramLabel = "NAME",
            completionCandidates = Measures.class,
            description = "What quality is: artifacts or published.")
    private @Nullable String measure;

    @Option(names = "--retries", paramLabel = "N", description = "Tries more of a picture that could not be drawn.")
    private @Nullable String retries;

    @Option(names = "--together", paramLabel = "N", description = "Pictures that are drawn beside each other.")
    private @Nullable String together;

    @Option(names = "--no-metadata", description = "Write no JSON beside each picture.")
    private boolean noMetadata;

    /** Names that shells complete. */
    static final class Presets extends java.util.ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Presets() {
            addAll(Settings.defaults().presets().keySet());
        }
    }

    /** Names that shells complete. */
    static final class Measures extends java.util.ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Measures() {
            add("artifacts");
            add("published");
        }
    }

    /**
     * The settings with those of the command line above them.
     *
     * @throws IllegalArgumentException naming the option whose value is not allowed
     */
    Settings over(Settings settings) {
        var given = new EnumMap<SettingKey, Map.Entry<String, String>>(SettingKey.class);
        put(given, SettingKey.OUTPUT_FOLDER, "--out", out);
        put(given, SettingKey.PRESET, "--quality", preset);
        put(given, SettingKey.OUTPUT_FORMATS, "--formats", formats);
        put(given, SettingKey.JPEG_QUALITY, "--jpeg-quality", jpegQuality);
        put(given, SettingKey.POSITIVE_PROMPT, "--positive", positive);
        put(given, SettingKey.NEGATIVE_PROMPT, "--negative", negative);
        put(given, SettingKey.MIN_QUALITY, "--min-quality", least);
        put(given, SettingKey.ATTEMPTS, "--attempts", attempts);
        put(given, SettingKey.REPAIR, "--repair", repair ? "true" : null);
        put(given, SettingKey.QUALITY_MEASURE, "--measure", measure);
        put(given, SettingKey.RETRIES, "--retries", retries);
        put(given, SettingKey.BATCH_SIZE, "--together", together);
        put(given, SettingKey.METADATA_TRACKING, "--no-metadata", noMetadata ? "false" : null);
        var result = settings;
        for (var entry : given.entrySet()) {
            result = result.withFlag(
                    entry.getKey(), entry.getValue().getKey(), entry.getValue().getValue());
        }
        if (repair && (result.number(SettingKey.MIN_QUALITY) == 0 || result.whole(SettingKey.ATTEMPTS) < 2)) {
            throw new IllegalArgumentException(
                    "--repair draws again what is below --min-quality; give that too, and --attempts of 2 or more");
        }
        if (preset != null && !result.presets().containsKey(preset)) {
            throw new IllegalArgumentException("--quality: there is no preset '%s'; there are %s"
                    .formatted(preset, String.join(", ", result.presets().keySet())));
        }
        return result;
    }

    /** The preset of the command line, which goes before one in the settings of a list. */
    Optional<String> preset() {
        return Optional.ofNullable(preset);
    }

    private static void put(
            Map<SettingKey, Map.Entry<String, String>> given, SettingKey key, String option, @Nullable String value) {
        if (value != null) {
            given.put(key, Map.entry(option, value));
        }
    }
}
