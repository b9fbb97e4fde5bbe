package dev.nextstep.data.filter;

import dev.nextstep.data.DataException;
import dev.nextstep.data.yaml.YamlNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Steps and thresholds from YAML, so that a stricter stage of a training is another file and not another program:
 *
 * <pre>
 * filters:
 *   - size: {min_width: 64, min_height: 64}
 *   - aspect_ratio: {max: 6}
 *   - area: {min: 65536, max: 1048576}
 *   - field: {name: aesthetic, bound: 5.5}      # above 0 a minimum, otherwise its amount is a maximum
 *   - keywords: {words: [watermark, stock photo], drop_probability: 1, seed: 42}
 *   - sharpness: {min: 30}
 *   - text_share: {max: 0.05}
 *   - near_duplicate: {max_distance: 4, max_colour_difference: 12}
 * </pre>
 *
 * <p>Steps run in this order. Unknown keys and impossible values are refused with their line.
 */
public final class FilterSettings {
    private static final Set<String> STEPS =
            Set.of("size", "aspect_ratio", "area", "field", "keywords", "sharpness", "text_share", "near_duplicate");
    private static final long MAX_FILE = 1 << 20;

    private FilterSettings() {}

    /**
     * Reads a file.
     *
     * @throws DataException naming file and line, if it is wrong
     */
    public static List<Filter> read(Path file) throws IOException {
        if (Files.size(file) > MAX_FILE) {
            throw DataException.of(file, "has more than %d bytes; that is no list of filters".formatted(MAX_FILE));
        }
        return parse(Files.readString(file), file.toString());
    }

    /**
     * Reads a text. Every call gives new steps, which remember nothing.
     *
     * @param name what messages call it
     */
    public static List<Filter> parse(String yaml, String name) {
        var root = YamlNode.parse(yaml, name);
        var filters = new ArrayList<Filter>();
        for (var element :
                root.required(root.members(Set.of("filters")), "filters").elements()) {
            var step = element.members(STEPS);
            if (step.size() != 1) {
                throw element.refused("each step is one name with its thresholds, here are " + step.keySet());
            }
            var entry = step.entrySet().iterator().next();
            filters.add(filter(entry.getKey(), entry.getValue()));
        }
        return filters;
    }

    private static Filter filter(String name, YamlNode node) {
        return switch (name) {
            case "size" -> {
                var keys = node.members(Set.of("min_width", "min_height"));
                yield node.checked(
                        () -> new SizeFilter((int) whole(keys, "min_width", 1), (int) whole(keys, "min_height", 1)));
            }
            case "aspect_ratio" -> {
                double max = node.required(node.members(Set.of("max")), "max").number();
                yield node.checked(() -> new AspectRatioFilter(max));
            }
            case "area" -> {
                var keys = node.members(Set.of("min", "max"));
                yield node.checked(() -> new AreaFilter(whole(keys, "min", 1), whole(keys, "max", Long.MAX_VALUE)));
            }
            case "field" -> {
                var keys = node.members(Set.of("name", "bound"));
                String field = node.required(keys, "name").text();
                double bound = node.required(keys, "bound").number();
                yield node.checked(() -> new FieldFilter(field, bound));
            }
            case "keywords" -> {
                var keys = node.members(Set.of("words", "drop_probability", "seed"));
                var words = node.required(keys, "words").elements().stream()
                        .map(YamlNode::text)
                        .toList();
                double probability = YamlNode.optional(keys, "drop_probability")
                        .map(YamlNode::number)
                        .orElse(1.0);
                yield node.checked(() -> new KeywordFilter(words, probability, whole(keys, "seed", 0)));
            }
            case "sharpness" -> {
                double min = node.required(node.members(Set.of("min")), "min").number();
                yield node.checked(() -> new SharpnessFilter(min));
            }
            case "text_share" -> {
                double max = node.required(node.members(Set.of("max")), "max").number();
                yield node.checked(() -> new TextShareFilter(max));
            }
            case "near_duplicate" -> {
                var keys = node.members(Set.of("max_distance", "max_colour_difference"));
                double colour = YamlNode.optional(keys, "max_colour_difference")
                        .map(YamlNode::number)
                        .orElse(12.0);
                yield node.checked(() -> new NearDuplicateFilter((int) whole(keys, "max_distance", 4), colour));
            }
            default -> throw node.refused("unknown step '" + name + "'");
        };
    }

    private static long whole(Map<String, YamlNode> keys, String key, long otherwise) {
        return YamlNode.optional(keys, key).map(YamlNode::whole).orElse(otherwise);
    }
}
