package dev.nextstep.data.filter;

import dev.nextstep.data.DataException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A value of a YAML file with its place, so that every complaint names file and line. */
final class YamlNode {
    private final String file;
    private final String path;
    private final Node node;

    private YamlNode(String file, String path, Node node) {
        this.file = file;
        this.path = path;
        this.node = node;
    }

    static YamlNode parse(String text, String file) {
        try {
            var settings = LoadSettings.builder()
                    .setLabel(file)
                    .setAllowDuplicateKeys(false)
                    .setMaxAliasesForCollections(20)
                    .build();
            return new Compose(settings)
                    .composeString(text)
                    .map(node -> new YamlNode(file, "", node))
                    .orElseThrow(() -> new DataException(file + ": is empty"));
        } catch (YamlEngineException e) {
            throw new DataException(
                    file + ": is not valid YAML: "
                            + String.valueOf(e.getMessage()).strip(),
                    e);
        }
    }

    DataException refused(String reason) {
        int line = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
        return new DataException("%s:%d: %s%s".formatted(file, line, path.isEmpty() ? "" : path + ": ", reason));
    }

    List<YamlNode> elements() {
        if (!(node instanceof SequenceNode sequence)) {
            throw refused("expected a list");
        }
        var elements = new ArrayList<YamlNode>();
        for (var element : sequence.getValue()) {
            elements.add(new YamlNode(file, "%s[%d]".formatted(path, elements.size()), element));
        }
        return elements;
    }

    /** The members of a map; a key that is not among the known ones is refused with its line. */
    Map<String, YamlNode> members(Set<String> known) {
        if (!(node instanceof MappingNode mapping)) {
            throw refused("expected a map with %s"
                    .formatted(String.join(", ", known.stream().sorted().toList())));
        }
        var members = new LinkedHashMap<String, YamlNode>();
        var seen = new HashSet<String>();
        for (var tuple : mapping.getValue()) {
            var key = new YamlNode(file, path, tuple.getKeyNode());
            String name = key.text();
            if (!known.contains(name)) {
                throw key.refused("unknown key '%s'; known are %s"
                        .formatted(
                                name, String.join(", ", known.stream().sorted().toList())));
            }
            if (!seen.add(name)) {
                throw key.refused("key '%s' comes twice".formatted(name));
            }
            members.put(name, new YamlNode(file, path.isEmpty() ? name : path + "." + name, tuple.getValueNode()));
        }
        return members;
    }

    String text() {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw refused("expected a text");
    }

    double number() {
        try {
            return Double.parseDouble(text());
        } catch (NumberFormatException e) {
            throw refused("expected a number, got '%s'".formatted(text()));
        }
    }

    long whole() {
        double value = number();
        if (value != Math.rint(value) || Math.abs(value) > 1L << 53) {
            throw refused("expected a whole number, got '%s'".formatted(text()));
        }
        return (long) value;
    }

    /** What a constructor complains about, with the line. */
    <T> T checked(java.util.function.Supplier<T> making) {
        try {
            return making.get();
        } catch (IllegalArgumentException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    static Optional<YamlNode> optional(Map<String, YamlNode> members, String key) {
        @Nullable YamlNode found = members.get(key);
        return Optional.ofNullable(found);
    }

    YamlNode required(Map<String, YamlNode> members, String key) {
        return optional(members, key).orElseThrow(() -> refused("lacks '%s'".formatted(key)));
    }
}
