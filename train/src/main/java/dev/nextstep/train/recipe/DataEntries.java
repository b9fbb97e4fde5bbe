package dev.nextstep.train.recipe;

import static dev.nextstep.data.yaml.YamlNode.optional;

import dev.nextstep.data.SampleKind;
import dev.nextstep.data.yaml.YamlNode;
import dev.nextstep.image.SourceFit;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The data sets of a recipe.
 *
 * @param training at least one
 * @param validation may be empty
 */
record DataEntries(List<DataEntry> training, List<DataEntry> validation) {
    /** For recipes whose entries do not say how large pictures are. */
    static final Optional<Function<YamlNode, SourceFit>> NO_PICTURE_SIZES = Optional.empty();

    private static final String AREA = "area";

    /** Reads {@code data}; {@code area} of an entry is read by the given function, or is unknown without one. */
    static DataEntries read(
            YamlNode root, Map<String, YamlNode> keys, Optional<Function<YamlNode, SourceFit>> areaReader) {
        var node = root.required(keys, "data");
        var d = node.members(Set.of("train", "validation"));
        var training = entries(node.required(d, "train"), areaReader);
        if (training.isEmpty()) {
            throw node.refused("train names no data set");
        }
        return new DataEntries(
                training,
                optional(d, "validation").map(v -> entries(v, areaReader)).orElse(List.of()));
    }

    private static List<DataEntry> entries(YamlNode list, Optional<Function<YamlNode, SourceFit>> areaReader) {
        return list.elements().stream().map(node -> entry(node, areaReader)).toList();
    }

    private static DataEntry entry(YamlNode node, Optional<Function<YamlNode, SourceFit>> areaReader) {
        var known = new HashSet<>(Set.of("folder", "kind", "name", "weight"));
        areaReader.ifPresent(_ -> known.add(AREA));
        var e = node.members(known);
        var folder = Path.of(node.required(e, "folder").text());
        var kind = node.required(e, "kind");
        var fit = areaReader.flatMap(reader -> optional(e, AREA).map(reader));
        return node.checked(() -> new DataEntry(
                folder,
                kind.checked(() -> SampleKind.of(kind.text())),
                optional(e, "name").map(YamlNode::text),
                RecipeReader.number(e, "weight", 1),
                fit));
    }
}
