package dev.nextstep.server.workflows;

import dev.nextstep.server.http.ApiException;
import dev.nextstep.server.http.Parameter;
import dev.nextstep.server.http.Parameters;
import dev.nextstep.server.images.PictureParameters;
import dev.nextstep.workflow.config.SettingKey;
import dev.nextstep.workflow.config.Settings;
import java.util.List;

/** Parameters of lists of pictures, under the names of the command line and with its meaning. */
final class ListParameters {
    static final Parameter<String> QUALITY = Parameter.text(
            "quality",
            100,
            "A preset: draft, standard, premium or educational. What it becomes on this model is told in the answer.");

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

    /** Those of workflows and batches. */
    static final List<Parameter<?>> COMMON =
            List.of(QUALITY, SEED, FORMATS, JPEG_QUALITY, POSITIVE, NEGATIVE, PictureParameters.USER);

    private ListParameters() {}

    /**
     * Settings that those of a request are laid over.
     *
     * @throws ApiException if a value is not allowed
     */
    static Settings settings(Parameters given) {
        var settings = Settings.defaults();
        settings = over(settings, given, FORMATS, SettingKey.OUTPUT_FORMATS);
        settings = over(settings, given, JPEG_QUALITY, SettingKey.JPEG_QUALITY);
        settings = over(settings, given, POSITIVE, SettingKey.POSITIVE_PROMPT);
        settings = over(settings, given, NEGATIVE, SettingKey.NEGATIVE_PROMPT);
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
