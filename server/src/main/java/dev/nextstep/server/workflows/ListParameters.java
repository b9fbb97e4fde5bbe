package dev.nextstep.server.workflows;

import dev.nextstep.server.http.ApiException;
import dev.nextstep.server.http.Parameter;
import dev.nextstep.server.http.Parameters;
import dev.nextstep.server.images.PictureParameters;
import dev.nextstep.workflow.config.SettingKey;
import dev.nextstep.workflow.config.Settings;
import dev.nextstep.workflow.preset.QualityPreset;
import java.util.List;

/** Parameters of lists of pictures, under the names of the command line and with its meaning. */
final class ListParameters {
    /** A list may not keep the model busy with one picture for ever. */
    private static final int MOST_ATTEMPTS = 20;

    static final Parameter<String> QUALITY = Parameter.text(
            "quality",
            100,
            "A preset: draft, standard, premium, educational, or one of the server's own; GET /v1/presets lists them. What it becomes on this model is told in the answer.");

    /** Makes seeds; unlike a job's it is not random, so that the same list gives the same pictures. */
    static final Parameter<Long> SEED = Parameter.any64Bits(
            "seed", "Makes the seeds of pictures that have none; 0 if not given, as on the command line.");

    private static final Parameter<String> FORMATS = Parameter.text(
            "formats",
            100,
            "Files of each picture in the package: png, jpg, webp, separated by commas; png if not given.");

    private static final Parameter<Integer> JPEG_QUALITY =
            Parameter.integer("jpeg_quality", 1, 100, "Of JPEG files; 92 if not given.");

    private static final Parameter<String> POSITIVE = Parameter.text(
            "positive",
            PictureParameters.LONGEST_PROMPT,
            "Words behind every prompt: model (its own), usual, none, or a text; the model's own if not given.");

    private static final Parameter<String> NEGATIVE = Parameter.text(
            "negative",
            PictureParameters.LONGEST_PROMPT,
            "What pictures should not be: model (its own), usual, none, or a text; the model's own if not given.");

    private static final Parameter<Double> MIN_QUALITY = Parameter.number(
            "min_quality", 0, 1, "A picture below it is drawn again, until 'attempts' are used up; the best is kept.");

    private static final Parameter<Integer> ATTEMPTS = Parameter.integer(
            "attempts", 1, MOST_ATTEMPTS, "Tries of a picture that is not good enough, the first too; 1 if not given.");

    private static final Parameter<Boolean> REPAIR = Parameter.flag(
            "repair", "Whether another try keeps the rows above the first damaged one; false if not given.");

    private static final Parameter<String> MEASURE = Parameter.choice(
            "measure", List.of("artifacts", "published"), "What 'min_quality' is measured by; artifacts if not given.");

    /** Those of workflows and batches. */
    static final List<Parameter<?>> COMMON = List.of(
            QUALITY,
            SEED,
            FORMATS,
            JPEG_QUALITY,
            POSITIVE,
            NEGATIVE,
            MIN_QUALITY,
            ATTEMPTS,
            REPAIR,
            MEASURE,
            PictureParameters.USER);

    private ListParameters() {}

    /**
     * Settings that those of a request are laid over.
     *
     * @param presets that there are
     * @throws ApiException if a value is not allowed
     */
    static Settings settings(Parameters given, List<QualityPreset> presets) {
        var settings = Settings.defaults().withPresets(presets);
        settings = over(settings, given, FORMATS, SettingKey.OUTPUT_FORMATS);
        settings = over(settings, given, JPEG_QUALITY, SettingKey.JPEG_QUALITY);
        settings = over(settings, given, POSITIVE, SettingKey.POSITIVE_PROMPT);
        settings = over(settings, given, NEGATIVE, SettingKey.NEGATIVE_PROMPT);
        settings = over(settings, given, MIN_QUALITY, SettingKey.MIN_QUALITY);
        settings = over(settings, given, ATTEMPTS, SettingKey.ATTEMPTS);
        settings = over(settings, given, REPAIR, SettingKey.REPAIR);
        settings = over(settings, given, MEASURE, SettingKey.QUALITY_MEASURE);
        if (settings.isOn(SettingKey.REPAIR)
                && (settings.number(SettingKey.MIN_QUALITY) == 0 || settings.whole(SettingKey.ATTEMPTS) < 2)) {
            throw ApiException.invalid(
                    REPAIR.name(),
                    "'repair' draws again what is below 'min_quality'; give that too, and 'attempts' of 2 or more");
        }
        return over(settings, given, QUALITY, SettingKey.PRESET);
    }

    /** One setting, if it is given. */
    static Settings over(Settings settings, Parameters given, Parameter<?> parameter, SettingKey key) {
        var value = given.get(parameter);
        if (value.isEmpty()) {
            return settings;
        }
        try {
            return settings.withFlag(
                    key, "'" + parameter.name() + "'", value.get().toString());
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid(parameter.name(), String.valueOf(e.getMessage()));
        }
    }
}
