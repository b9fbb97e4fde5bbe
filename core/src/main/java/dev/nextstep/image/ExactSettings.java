package dev.nextstep.image;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Settings as one JSON object, from which they come back to the last character. */
final class ExactSettings {
    private ExactSettings() {}

    static String write(GenerationParameters settings) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("tool", settings.tool());
        out.put("prompt", settings.prompt());
        out.put("negative_prompt", settings.negativePrompt());
        settings.steps().ifPresent(n -> out.put("steps", n));
        out.put("sampler", settings.sampler());
        settings.cfgScale().ifPresent(x -> out.put("cfg_scale", number(x)));
        settings.seed().ifPresent(n -> out.put("seed", n));
        settings.width().ifPresent(n -> out.put("width", n));
        settings.height().ifPresent(n -> out.put("height", n));
        out.put("model", settings.model());
        out.put("model_hash", settings.modelHash());
        // Pairs, because the JSON reader refuses some strings as names that it takes as values.
        List<List<String>> extra = new ArrayList<>();
        settings.extra().forEach((name, value) -> extra.add(List.of(name, value)));
        out.put("extra", extra);
        return MetadataJson.write(out);
    }

    /** Whole numbers without a fraction, as the tools write them. */
    static String number(double x) {
        boolean whole = x == StrictMath.rint(x) && StrictMath.abs(x) < 1L << 53 && Double.compare(x, -0.0) != 0;
        return whole ? String.valueOf((long) x) : String.valueOf(x);
    }

    static Optional<GenerationParameters> read(String json) {
        return MetadataJson.object(json).flatMap(ExactSettings::settings);
    }

    private static Optional<GenerationParameters> settings(Map<String, Object> json) {
        Map<String, String> extra = new LinkedHashMap<>();
        if (!(json.get("extra") instanceof List<?> pairs)) {
            return Optional.empty();
        }
        for (Object item : pairs) {
            if (!(item instanceof List<?> pair) || pair.size() != 2) {
                return Optional.empty();
            }
            extra.put(pair.get(0).toString(), pair.get(1).toString());
        }
        try {
            return Optional.of(new GenerationParameters(
                    text(json, "tool"),
                    text(json, "prompt"),
                    text(json, "negative_prompt"),
                    integer(json, "steps"),
                    text(json, "sampler"),
                    json.containsKey("cfg_scale")
                            ? OptionalDouble.of(Double.parseDouble(text(json, "cfg_scale")))
                            : OptionalDouble.empty(),
                    json.containsKey("seed")
                            ? OptionalLong.of(Long.parseLong(text(json, "seed")))
                            : OptionalLong.empty(),
                    integer(json, "width"),
                    integer(json, "height"),
                    text(json, "model"),
                    text(json, "model_hash"),
                    extra));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    private static OptionalInt integer(Map<String, Object> json, String name) {
        return json.containsKey(name) ? OptionalInt.of(Integer.parseInt(text(json, name))) : OptionalInt.empty();
    }

    private static String text(Map<String, Object> json, String name) {
        Object value = json.get(name);
        return value == null ? "" : value.toString();
    }
}
