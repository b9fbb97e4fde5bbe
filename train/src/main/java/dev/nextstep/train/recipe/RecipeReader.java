package dev.nextstep.train.recipe;

import static dev.nextstep.data.yaml.YamlNode.optional;

import dev.nextstep.checkpoint.VaeConfig;
import dev.nextstep.data.DataException;
import dev.nextstep.data.yaml.YamlNode;
import dev.nextstep.torch.Compute;
import dev.nextstep.train.tokenizer.CropSet;
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
import java.util.regex.Pattern;

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
    private static final Set<String> TRANSFORMER = Set.of(
            "from",
            "language_model",
            "shape",
            "image_tokenizer",
            "vocabulary",
            "objective",
            "rows",
            "memory",
            "samples");
    private static final int LARGEST = 1 << 20;
    private static final String AUTO = "auto";
    private static final String SETTLED = " # settled when the run was made";
    /** The line of the precision; as recipes are maps in block form, a line of its own. */
    private static final Pattern PRECISION = Pattern.compile("(?m)^precision:[ \t]*(\\w*).*$");

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
        return kind.equals(TokenizerRecipe.KIND)
                ? reader.tokenizer()
                : new TransformerRecipeReader(reader.root, reader.keys).read();
    }

    /**
     * The text of a recipe whose {@code precision} is {@code auto} or not given, with the precision that suits this machine in its
     * place. A run is given such a text: what is measured once must not change when the run is resumed.
     *
     * @param text of {@link #text}
     * @param name what messages call it
     * @throws DataException naming file and line, if it is wrong
     */
    public static String settled(String text, String name) {
        var compute = read(text, name).run().compute();
        String line = "precision: " + (compute == Compute.FP32 ? "fp32" : "bf16");
        var given = PRECISION.matcher(text);
        if (!given.find()) {
            return text.stripTrailing() + "\n" + line + SETTLED + "\n";
        }
        return AUTO.equals(given.group(1)) ? given.replaceFirst(line + SETTLED) : text;
    }

    private TokenizerRecipe tokenizer() {
        var shape =
                optional(keys, "shape").map(RecipeReader::vaeShape).orElseGet(() -> vaeShape(YamlNode.parse("{}", "")));
        var objective = root.required(keys, "objective");
        var o = objective.members(Set.of(
                "crops", "side", "batch", "latent_noise", "whole_share", "l1", "mse", "edges", "scales", "structure"));
        var run = new RunSettingsReader(root, keys).read();
        var settings = objective.checked(() -> new TokenizerSettings(
                crops(objective, o),
                number(o, "latent_noise", 0.5),
                new ReconstructionLoss(
                        number(o, "l1", 1),
                        number(o, "mse", 0),
                        number(o, "edges", 0),
                        number(o, "scales", 0),
                        number(o, "structure", 0)),
                run.compute()));
        var data = DataEntries.read(root, keys, DataEntries.NO_PICTURE_SIZES);
        return new TokenizerRecipe(run, path(keys, "from"), shape, settings, data.training(), data.validation());
    }

    /** One size named in the objective itself, or a list of several. */
    private static List<CropSet> crops(YamlNode objective, Map<String, YamlNode> o) {
        var list = optional(o, "crops");
        if (list.isEmpty()) {
            return List.of(cropSet(o));
        }
        for (var key : List.of("side", "batch", "whole_share")) {
            if (o.containsKey(key)) {
                throw objective.refused("has '%s' beside 'crops'; write it into the entries of 'crops'".formatted(key));
            }
        }
        return list.get().elements().stream()
                .map(e -> e.checked(() -> cropSet(e.members(Set.of("side", "batch", "whole_share")))))
                .toList();
    }

    private static CropSet cropSet(Map<String, YamlNode> members) {
        return new CropSet(
                whole(members, "side", 64, LARGEST),
                whole(members, "batch", 16, LARGEST),
                number(members, "whole_share", 0.5));
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

    static Optional<Path> path(Map<String, YamlNode> members, String key) {
        return optional(members, key).map(n -> Path.of(n.text()));
    }

    static double number(Map<String, YamlNode> members, String key, double otherwise) {
        return optional(members, key).map(YamlNode::number).orElse(otherwise);
    }

    static int whole(Map<String, YamlNode> members, String key, int otherwise, int most) {
        return optional(members, key).map(n -> n.whole(1, most)).orElse(otherwise);
    }
}
