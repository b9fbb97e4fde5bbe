package dev.nextstep.train.recipe;

import static dev.nextstep.data.yaml.YamlNode.optional;
import static dev.nextstep.train.recipe.RecipeReader.number;
import static dev.nextstep.train.recipe.RecipeReader.path;
import static dev.nextstep.train.recipe.RecipeReader.whole;

import dev.nextstep.data.caption.TagAugmentation;
import dev.nextstep.data.pack.Packing;
import dev.nextstep.data.yaml.YamlNode;
import dev.nextstep.image.SourceFit;
import dev.nextstep.train.model.GradientCheckpointing;
import dev.nextstep.train.model.InputNoise;
import dev.nextstep.train.model.ModelLessonSettings;
import dev.nextstep.train.model.ObjectiveSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads the part of a recipe that trains language model, projectors and flow head. */
final class TransformerRecipeReader {
    private static final int LARGEST = 1 << 20;
    private static final int LARGEST_LEARNED_VOCABULARY = 150_000;
    /** The official aspect sizes are of whole image tokens at multiples of this (spec §4.1, §15.15). */
    private static final int WHOLE_ASPECTS = 256;

    private static final int LARGEST_VOCABULARY = 10_000_000;

    private final YamlNode root;
    private final Map<String, YamlNode> keys;

    TransformerRecipeReader(YamlNode root, Map<String, YamlNode> keys) {
        this.root = root;
        this.keys = keys;
    }

    TransformerRecipe read() {
        var run = new RunSettingsReader(root, keys).read();
        var rowsNode = root.required(keys, "rows");
        var r = rowsNode.members(
                Set.of("packing", "length", "count", "pool", "area", "fit", "drop_text", "tags", "max_pictures"));
        int count = whole(r, "count", 16, LARGEST);
        int length = rowsNode.required(r, "length").whole(2, LARGEST);
        var packing = rowsNode.checked(() -> packing(r, length, count));
        var objective = optional(keys, "objective")
                .map(TransformerRecipeReader::objective)
                .orElse(ObjectiveSettings.standard());
        var o = optional(keys, "objective")
                .map(TransformerRecipeReader::objectiveKeys)
                .orElse(Map.of());
        var lesson = rowsNode.checked(() -> new ModelLessonSettings(
                objective,
                whole(o, "flow_copies", 4, 1024),
                optional(o, "input_noise")
                        .map(TransformerRecipeReader::inputNoise)
                        .orElse(new InputNoise.None()),
                count,
                run.compute(),
                optional(keys, "memory")
                        .map(TransformerRecipeReader::checkpointing)
                        .orElse(GradientCheckpointing.NONE),
                optional(keys, "samples")
                        .map(TransformerRecipeReader::validationBatches)
                        .orElse(8),
                optional(keys, "samples").map(TransformerRecipeReader::prompts).orElse(List.of())));
        var data = DataEntries.read(root, keys, Optional.of(node -> fit(r, node)));
        return root.checked(() -> new TransformerRecipe(
                run,
                origin(),
                optional(keys, "shape").map(TransformerRecipeReader::modelShape),
                vocabulary(),
                lesson,
                fit(r, rowsNode.required(r, "area")),
                packing,
                number(r, "drop_text", 0.3),
                optional(r, "tags").map(TransformerRecipeReader::tags).orElse(TagAugmentation.NONE),
                whole(r, "max_pictures", 8, LARGEST),
                data.training(),
                data.validation()));
    }

    private ModelOrigin origin() {
        var model = path(keys, "from");
        var language = path(keys, "language_model");
        if (model.isPresent()) {
            if (language.isPresent()) {
                throw root.required(keys, "language_model")
                        .refused("cannot stand beside 'from': a model has a language model");
            }
            return new ModelOrigin.Continued(model.get(), path(keys, "image_tokenizer"));
        }
        Path image = path(keys, "image_tokenizer")
                .orElseThrow(() ->
                        root.refused("a new model needs image_tokenizer, the folder of a trained image tokenizer"));
        return language.<ModelOrigin>map(folder -> new ModelOrigin.LanguageModel(folder, image))
                .orElseGet(() -> new ModelOrigin.Fresh(image));
    }

    private OptionalInt vocabulary() {
        boolean learned = !keys.containsKey("from") && !keys.containsKey("language_model");
        return optional(keys, "vocabulary")
                .map(n -> OptionalInt.of(n.whole(512, learned ? LARGEST_LEARNED_VOCABULARY : LARGEST_VOCABULARY)))
                .orElse(OptionalInt.empty());
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

    /** How pictures get their size: by the kind of the rows, at an area of these or of one data set. */
    private static SourceFit fit(Map<String, YamlNode> r, YamlNode area) {
        String kind = optional(r, "fit").map(YamlNode::text).orElse("square");
        List<Integer> areas = area.isScalar()
                ? List.of(area.whole(16, 4096))
                : area.elements().stream().map(a -> a.whole(16, 4096)).toList();
        return area.checked(() -> switch (kind) {
            case "square" -> {
                if (areas.size() != 1) {
                    throw new IllegalArgumentException(
                            "has %d sizes, but rows.fit square takes one; several are for aspect"
                                    .formatted(areas.size()));
                }
                yield new SourceFit.SquareCrop(areas.getFirst());
            }
            case "aspect" -> {
                if (areas.stream().anyMatch(a -> a % WHOLE_ASPECTS != 0)) {
                    throw new IllegalArgumentException(
                            "is %s, but rows.fit aspect takes multiples of %d: at others not all 17 sizes are of whole tokens"
                                    .formatted(areas, WHOLE_ASPECTS));
                }
                yield areas.size() == 1 ? new SourceFit.AspectCrop(areas.getFirst()) : new SourceFit.Bucketed(areas);
            }
            default ->
                throw new IllegalArgumentException("rows.fit is '%s', allowed is square, aspect".formatted(kind));
        });
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

    private static GradientCheckpointing checkpointing(YamlNode node) {
        return node.required(node.members(Set.of("gradient_checkpointing")), "gradient_checkpointing")
                .oneOf(Map.of("none", GradientCheckpointing.NONE, "blocks", GradientCheckpointing.BLOCKS));
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
}
