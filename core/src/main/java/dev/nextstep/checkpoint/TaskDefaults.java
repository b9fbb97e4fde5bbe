package dev.nextstep.checkpoint;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * Settings that suit a model for one task, from the optional file {@value #FILE} beside {@code config.json}. It is ours:
 * official directories have none, and other programs ignore it. Absent values mean the official defaults.
 *
 * @param width of the picture in pixels
 * @param height of the picture in pixels
 * @param steps sampling steps
 * @param guidanceScale text guidance
 * @param imageGuidanceScale image guidance
 * @param timestepShift shift of the time grid
 * @param sampler name of the sampler
 * @param normalizeTokens {@code use_norm}
 * @param positivePrompt added to every prompt
 * @param positivePromptUnless prompts with this word are left alone: {@code positivePrompt} would contradict what they say
 * @param negativePrompt text of the unconditional row
 */
public record TaskDefaults(
        OptionalInt width,
        OptionalInt height,
        OptionalInt steps,
        OptionalDouble guidanceScale,
        OptionalDouble imageGuidanceScale,
        OptionalDouble timestepShift,
        Optional<String> sampler,
        Optional<Boolean> normalizeTokens,
        Optional<String> positivePrompt,
        Optional<String> positivePromptUnless,
        Optional<String> negativePrompt) {

    /** Name of the file. */
    public static final String FILE = "nextstep.json";

    private static final long MAX_BYTES = 1 << 20;
    private static final Set<String> KEYS = Set.of(
            "width",
            "height",
            "steps",
            "guidance_scale",
            "image_guidance_scale",
            "timestep_shift",
            "sampler",
            "use_norm",
            "positive_prompt",
            "positive_prompt_unless",
            "negative_prompt");

    /** No values at all. */
    public static final TaskDefaults NONE = new TaskDefaults(
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /**
     * Reads the file of a model directory: an object with a member per task, such as {@code generate} and {@code edit}.
     *
     * @return settings by task; empty if there is no such file
     * @throws CheckpointException if the file is damaged, holds an unknown key or a value out of range
     */
    public static Map<String, TaskDefaults> read(Path modelDirectory) {
        var file = modelDirectory.resolve(FILE);
        var tasks = new TreeMap<String, TaskDefaults>();
        if (Files.exists(file)) {
            Json.read(file, MAX_BYTES).members().forEach((task, settings) -> tasks.put(task, parse(settings)));
        }
        return tasks;
    }

    private static TaskDefaults parse(Json json) {
        json.members().forEach((key, value) -> {
            if (!KEYS.contains(key)) {
                throw value.refused("unknown key; there are "
                        + String.join(", ", KEYS.stream().sorted().toList()));
            }
        });
        return new TaskDefaults(
                integer(json, "width", 16, 1 << 16),
                integer(json, "height", 16, 1 << 16),
                integer(json, "steps", 1, 10_000),
                number(json, "guidance_scale", 1, 1000),
                number(json, "image_guidance_scale", 1, 1000),
                number(json, "timestep_shift", 0.01, 100),
                json.get("sampler").map(Json::text),
                json.get("use_norm").map(Json::flag),
                json.get("positive_prompt").map(Json::text),
                json.get("positive_prompt_unless").map(TaskDefaults::word),
                json.get("negative_prompt").map(Json::text));
    }

    private static String word(Json value) {
        String word = value.text();
        if (word.isEmpty() || !word.codePoints().allMatch(Character::isLetterOrDigit)) {
            throw value.refused("must be one word of letters and digits");
        }
        return word;
    }

    private static OptionalInt integer(Json json, String key, int from, int to) {
        var value = json.get(key);
        return value.isPresent() ? OptionalInt.of(value.get().integer(from, to)) : OptionalInt.empty();
    }

    private static OptionalDouble number(Json json, String key, double from, double to) {
        var value = json.get(key);
        return value.isPresent() ? OptionalDouble.of(value.get().number(from, to)) : OptionalDouble.empty();
    }
}
