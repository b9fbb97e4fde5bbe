package dev.nextstep.train.recipe;

import static dev.nextstep.data.yaml.YamlNode.optional;

import dev.nextstep.checkpoint.VaeConfig;
import dev.nextstep.data.DataException;
import dev.nextstep.data.SampleKind;
import dev.nextstep.data.caption.TagAugmentation;
import dev.nextstep.data.pack.Packing;
import dev.nextstep.data.yaml.YamlNode;
import dev.nextstep.image.SourceFit;
import dev.nextstep.train.model.InputNoise;
import dev.nextstep.train.model.ModelLessonSettings;
import dev.nextstep.train.model.ObjectiveSettings;
import dev.nextstep.train.tokenizer.ReconstructionLoss;
import dev.nextstep.train.tokenizer.TokenizerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Reads recipes. Unknown keys and impossible values are refused with file and line. The file may end in {@code overrides:}, a
 * map from places to values, such as {@code stop.steps: 100}; those of the command line are written there.
 */
public final class RecipeReader {
    private static final long MAX_FILE = 1 << 20;
    private static final Set<String> COMMON = Set.of(
            "kind",
            "seed",
            "precision",
            "data",
            "optimizer",
            "schedule",
            "stop",
            "intervals",
            "keep",
            "guard",
            "overrides");
    private static final Set<String> TOKENIZER = Set.of("from", "shape", "objective");
    private static final Set<String> TRANSFORMER =
            Set.of("from", "shape", "image_tokenizer", "vocabulary", "objective", "rows", "samples");
    private static final int LARGEST = 1 << 20;

    private final Map<String, YamlNode> keys;
    private final YamlNode root;

    private RecipeReader(YamlNode root, Map<String, YamlNode> keys) {
        this.root = root;
        this.keys = keys;
    }

    /**
     * The text of a recipe file with further overrides at its end.
     *
     * @param overrides values by place
     * @throws DataException if the file is missing or has overrides of its own
     */
    public static String text(Path file, Map<String, String> overrides) {
        try {
            if (!Files.isRegularFile(file)) {
                throw DataException.of(file, "no such recipe");
            }
            if (Files.size(file) > MAX_FILE) {
                throw DataException.of(file, "has more than %d bytes; that is no recipe".formatted(MAX_FILE));
            }
            String text = Files.readString(file);
            if (overrides.isEmpty()) {
                return text;
            }
            if (text.lines().anyMatch(line -> line.startsWith("overrides:"))) {
                throw DataException.of(file, "has overrides of its own; change them there");
            }
            var end = new StringBuilder(text.stripTrailing()).append("\n\noverrides:\n");
            overrides.forEach(
                    (place, value) -> end.append("  \"%s\": %s%n".formatted(place.replace("\"", "\\\""), value)));
            return end.toString();
        } catch (IOException e) {
            throw DataException.of(file, "cannot be read: " + e.getMessage());
        }
    }

    /**
     * Reads a recipe.
     *
     * @param text of {@link #text}
     * @param name what messages call it
     * @throws DataException naming file and line, if it is wrong
     */
    public static TrainingRecipe read(String text, String name) {
        var plain = YamlNode.parse(text, name);
        var overrides = new LinkedHashMap<String, String>();
        optional(plain.anyMembers(), "overrides")
                .ifPresent(node -> node.anyMembers().forEach((place, value) -> overrides.put(place, value.text())));
        var root = plain.with(overrides);
        String kind = root.required(root.anyMembers(), "kind").text();
        var own = switch (kind) {
            case TokenizerRecipe.KIND -> TOKENIZER;
            case TransformerRecipe.KIND -> TRANSFORMER;
            default ->
                throw root.required(root.anyMembers(), "kind")
                        .refused("is '%s', allowed is tokenizer, transformer".formatted(kind));
        };
        var known = new HashSet<>(COMMON);
        known.addAll(own);
        var reader = new RecipeReader(root, root.members(known));
        return kind.equals(TokenizerRecipe.KIND) ? reader.tokenizer() : reader.transformer();
    }

    private RunSettings run() {
        return new RunSettingsReader(root, keys).read();
    }

    private TokenizerRecipe tokenizer() {
        var shape =
                optional(keys, "shape").map(RecipeReader::vaeShape).orElseGet(() -> vaeShape(YamlNode.parse("{}", "")));
        var objective = root.required(keys, "objective");
        var o = objective.members(
                Set.of("side", "batch", "latent_noise", "whole_share", "l1", "mse", "edges", "scales", "structure"));
        var run = run();
        var settings = objective.checked(() -> new TokenizerSettings(
                whole(o, "side", 64, LARGEST),
                whole(o, "batch", 16, LARGEST),
                number(o, "latent_noise", 0.5),
                number(o, "whole_share", 0.5),
                new ReconstructionLoss(
                        number(o, "l1", 1),
                        number(o, "mse", 0),
                        number(o, "edges", 0),
                        number(o, "scales", 0),
                        number(o, "structure", 0)),
                run.compute()));
        var data = data();
        return new TokenizerRecipe(run, path("from"), shape, settings, data.training, data.validation);
    }

    private static VaeConfig vaeShape(YamlNode node) {
        var s = node.members(Set.of("channels", "channel_multipliers", "residual_blocks", "latent_channels"));
        List<Integer> multipliers = optional(s, "channel_multipliers")
                .map(list -> list.elements().stream().map(e -> e.whole(1, 64)).toList())
                .orElse(List.of(1, 2, 4, 4));
        return new VaeConfig(
                3,
                3,
                whole(s, "channels", 128, 4096),
                multipliers,
                whole(s, "residual_blocks", 2, 16),
                whole(s, "latent_channels", 16, 1024),
                1,
                0,
                true,
                true,
                OptionalInt.of(1));
    }

    private TransformerRecipe transformer() {
        var run = run();
        var rowsNode = root.required(keys, "rows");
        var r = rowsNode.members(
                Set.of("packing", "length", "count", "pool", "area", "fit", "drop_text", "tags", "max_pictures"));
        int count = whole(r, "count", 16, LARGEST);
        int length = rowsNode.required(r, "length").whole(2, LARGEST);
        var packing = rowsNode.checked(() -> packing(r, length, count));
        int area = rowsNode.required(r, "area").whole(16, 4096);
        var objective = optional(keys, "objective").map(n -> objective(n)).orElse(ObjectiveSettings.standard());
        var o = optional(keys, "objective").map(RecipeReader::objectiveKeys).orElse(Map.of());
        var lesson = rowsNode.checked(() -> new ModelLessonSettings(
                objective,
                whole(o, "flow_copies", 4, 1024),
                optional(o, "input_noise").map(RecipeReader::inputNoise).orElse(new InputNoise.None()),
                count,
                run.compute(),
                optional(keys, "samples").map(RecipeReader::validationBatches).orElse(8),
                optional(keys, "samples").map(RecipeReader::prompts).orElse(List.of())));
        var data = data();
        var shape = optional(keys, "shape")
                .map(RecipeReader::modelShape)
                .orElseGet(() -> modelShape(YamlNode.parse("{}", "")));
        int vocabulary =
                optional(keys, "vocabulary").map(n -> n.whole(512, 150_000)).orElse(4096);
        return root.checked(() -> new TransformerRecipe(
                run,
                path("from"),
                shape,
                path("image_tokenizer"),
                vocabulary,
                lesson,
                fit(r, area),
                packing,
                number(r, "drop_text", 0.3),
                optional(r, "tags").map(RecipeReader::tags).orElse(TagAugmentation.NONE),
                whole(r, "max_pictures", 8, 1024),
                data.training,
                data.validation));
    }

    private static Packing packing(Map<String, YamlNode> r, int length, int count) {
        String kind = optional(r, "packing").map(YamlNode::text).orElse("whole_samples");
        return switch (kind) {
            case "whole_samples" -> new Packing.WholeSamples(length);
            case "block_diagonal" -> new Packing.BlockDiagonal(length);
            case "one_per_row" -> new Packing.OnePerRow(length, whole(r, "pool", 16, LARGEST) * count, count);
            default ->
                throw new IllegalArgumentException(
                        "packing is '%s', allowed is whole_samples, block_diagonal, one_per_row".formatted(kind));
        };
    }

    private static SourceFit fit(Map<String, YamlNode> r, int area) {
        String kind = optional(r, "fit").map(YamlNode::text).orElse("square");
        return switch (kind) {
            case "square" -> new SourceFit.SquareCrop(area);
            case "aspect" -> new SourceFit.AspectCrop(area);
            default -> throw new IllegalArgumentException("fit is '%s', allowed is square, aspect".formatted(kind));
        };
    }

    private static Map<String, YamlNode> objectiveKeys(YamlNode node) {
        return node.members(Set.of("text_weight", "image_weight", "weighting", "flow_copies", "input_noise"));
    }

    private static ObjectiveSettings objective(YamlNode node) {
        var o = objectiveKeys(node);
        var weighting = optional(o, "weighting")
                .map(n -> n.oneOf(Map.of(
                        "plain",
                        ObjectiveSettings.Weighting.PLAIN,
                        "token_count",
                        ObjectiveSettings.Weighting.TOKEN_COUNT)))
                .orElse(ObjectiveSettings.Weighting.PLAIN);
        return node.checked(
                () -> new ObjectiveSettings(number(o, "text_weight", 0.01), number(o, "image_weight", 1), weighting));
    }

    private static InputNoise inputNoise(YamlNode node) {
        var n = node.members(Set.of("ramp", "share", "largest"));
        return node.checked(() -> n.containsKey("ramp")
                ? new InputNoise.Ramp(number(n, "ramp", 0))
                : new InputNoise.Uniform(number(n, "share", 0.5), number(n, "largest", 0.3)));
    }

    private static Map<String, YamlNode> samples(YamlNode node) {
        return node.members(Set.of("prompts", "validation_batches"));
    }

    private static int validationBatches(YamlNode node) {
        return whole(samples(node), "validation_batches", 8, LARGEST);
    }

    private static List<String> prompts(YamlNode node) {
        return optional(samples(node), "prompts")
                .map(list -> list.elements().stream().map(YamlNode::text).toList())
                .orElse(List.of());
    }

    private static TagAugmentation tags(YamlNode node) {
        if (node.isScalar()) {
            return node.oneOf(Map.of("none", TagAugmentation.NONE, "official", TagAugmentation.OFFICIAL));
        }
        var t = node.members(Set.of("tags_last", "drop_of_two", "drop_of_three", "tags_only"));
        return node.checked(() -> new TagAugmentation(
                number(t, "tags_last", 0),
                number(t, "drop_of_two", 0),
                number(t, "drop_of_three", 0),
                number(t, "tags_only", 0)));
    }

    private static ModelShape modelShape(YamlNode node) {
        var s = node.members(Set.of(
                "hidden",
                "layers",
                "heads",
                "kv_heads",
                "head_dim",
                "mlp",
                "flow_width",
                "flow_layers",
                "patch_size",
                "max_positions",
                "rope_theta"));
        return node.checked(() -> new ModelShape(
                whole(s, "hidden", 5120, 1 << 16),
                whole(s, "layers", 48, 1024),
                whole(s, "heads", 40, 1024),
                whole(s, "kv_heads", 8, 1024),
                whole(s, "head_dim", 128, 1024),
                whole(s, "mlp", 13824, 1 << 18),
                whole(s, "flow_width", 1536, 1 << 16),
                whole(s, "flow_layers", 12, 1024),
                whole(s, "patch_size", 2, 64),
                whole(s, "max_positions", 1024, 1 << 20),
                number(s, "rope_theta", 1e4)));
    }

    private record Data(List<DataEntry> training, List<DataEntry> validation) {}

    private Data data() {
        var node = root.required(keys, "data");
        var d = node.members(Set.of("train", "validation"));
        var training = entries(node.required(d, "train"));
        if (training.isEmpty()) {
            throw node.refused("train names no data set");
        }
        return new Data(
                training, optional(d, "validation").map(RecipeReader::entries).orElse(List.of()));
    }

    private static List<DataEntry> entries(YamlNode list) {
        return list.elements().stream().map(RecipeReader::entry).toList();
    }

    private static DataEntry entry(YamlNode node) {
        var e = node.members(Set.of("folder", "kind", "name", "weight"));
        var folder = Path.of(node.required(e, "folder").text());
        var kind = node.required(e, "kind");
        return node.checked(() -> new DataEntry(
                folder,
                kind.checked(() -> SampleKind.of(kind.text())),
                optional(e, "name").map(YamlNode::text),
                number(e, "weight", 1)));
    }

    private Optional<Path> path(String key) {
        return optional(keys, key).map(n -> Path.of(n.text()));
    }

    static double number(Map<String, YamlNode> members, String key, double otherwise) {
        return optional(members, key).map(YamlNode::number).orElse(otherwise);
    }

    static int whole(Map<String, YamlNode> members, String key, int otherwise, int most) {
        return optional(members, key).map(n -> n.whole(1, most)).orElse(otherwise);
    }
}
