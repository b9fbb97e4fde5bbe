package dev.nextstep.data.yaml;

import dev.nextstep.data.DataException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A value of a YAML file with its place, so that every complaint names file and line. */
public final class YamlNode {
    private static final int NEAR = 3;

    private final String file;
    private final String path;
    private final Node node;
    private final Map<String, YamlNode> overrides;

    private YamlNode(String file, String path, Node node, Map<String, YamlNode> overrides) {
        this.file = file;
        this.path = path;
        this.node = node;
        this.overrides = overrides;
    }

    /**
     * Reads a text.
     *
     * @param file what messages call it
     * @throws DataException if it is not YAML, or empty
     */
    public static YamlNode parse(String text, String file) {
        return parse(text, file, "");
    }

    private static YamlNode parse(String text, String file, String path) {
        try {
            var settings = LoadSettings.builder()
                    .setLabel(file)
                    .setAllowDuplicateKeys(false)
                    .setMaxAliasesForCollections(20)
                    .build();
            return new Compose(settings)
                    .composeString(text)
                    .map(node -> new YamlNode(file, path, node, Map.of()))
                    .orElseThrow(() -> new DataException(file + ": is empty"));
        } catch (YamlEngineException e) {
            throw new DataException(
                    file + ": is not valid YAML: "
                            + String.valueOf(e.getMessage()).strip(),
                    e);
        }
    }

    /**
     * The same tree with other values in some places.
     *
     * @param values YAML text by place, such as {@code data.train[0].weight} or {@code stop.steps}; a place that the file
     *     does not have is added
     */
    public YamlNode with(Map<String, String> values) {
        var replaced = new LinkedHashMap<String, YamlNode>();
        values.forEach((place, text) -> replaced.put(place, parse(text, "override " + place, place)));
        return new YamlNode(file, path, node, replaced);
    }

    private YamlNode child(String childPath, Node childNode) {
        @Nullable YamlNode instead = overrides.get(childPath);
        return instead != null ? instead : new YamlNode(file, childPath, childNode, overrides);
    }

    /** The line where it begins, counted from 1; 0 if unknown. */
    public int line() {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }

    /** What is wrong here, with file and line. */
    public DataException refused(String reason) {
        int line = line();
        return new DataException("%s:%d: %s%s".formatted(file, line, path.isEmpty() ? "" : path + ": ", reason));
    }

    /** The elements of a list. */
    public List<YamlNode> elements() {
        if (!(node instanceof SequenceNode sequence)) {
            throw refused("expected a list");
        }
        var elements = new ArrayList<YamlNode>();
        for (var element : sequence.getValue()) {
            elements.add(child("%s[%d]".formatted(path, elements.size()), element));
        }
        return elements;
    }

    /** The members of a map; a key that is not among the known ones is refused with its line. */
    public Map<String, YamlNode> members(Set<String> known) {
        if (!(node instanceof MappingNode mapping)) {
            throw refused("expected a map with %s"
                    .formatted(String.join(", ", known.stream().sorted().toList())));
        }
        var members = new LinkedHashMap<String, YamlNode>();
        var seen = new HashSet<String>();
        for (var tuple : mapping.getValue()) {
            var key = new YamlNode(file, path, tuple.getKeyNode(), Map.of());
            String name = key.text();
            if (!known.contains(name)) {
                throw key.refused(unknown(name, known));
            }
            if (!seen.add(name)) {
                throw key.refused("key '%s' comes twice".formatted(name));
            }
            members.put(name, child(place(name), tuple.getValueNode()));
        }
        overrides.forEach((place, value) -> {
            boolean here = path.isEmpty() || place.startsWith(path + ".");
            String name = here ? place.substring(path.isEmpty() ? 0 : path.length() + 1) : "";
            if (here && name.indexOf('.') < 0 && name.indexOf('[') < 0) {
                if (!known.contains(name)) {
                    throw new DataException("override %s: %s".formatted(place, unknown(name, known)));
                }
                members.put(name, value);
            }
        });
        return members;
    }

    /** The members of a map whatever their names are. */
    public Map<String, YamlNode> anyMembers() {
        if (!(node instanceof MappingNode mapping)) {
            throw refused("expected a map");
        }
        return members(mapping.getValue().stream()
                .map(tuple -> new YamlNode(file, path, tuple.getKeyNode(), Map.of()).text())
                .collect(Collectors.toSet()));
    }

    private String place(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static String unknown(String name, Set<String> known) {
        var nearest = known.stream().min(Comparator.comparingInt(k -> distance(name, k)));
        String meant = nearest.filter(k -> distance(name, k) <= NEAR)
                .map(k -> "; did you mean '%s'?".formatted(k))
                .orElse("");
        return "unknown key '%s'%s (known are %s)"
                .formatted(
                        name, meant, String.join(", ", known.stream().sorted().toList()));
    }

    /** Letters to insert, delete or replace to make one word the other (Levenshtein). */
    private static int distance(String a, String b) {
        var row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }

    /** The text of a scalar. */
    public String text() {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw refused("expected a text");
    }

    /** Whether it is a list. */
    public boolean isList() {
        return node instanceof SequenceNode;
    }

    /** Whether this is a single value, neither list nor map. */
    public boolean isScalar() {
        return node instanceof ScalarNode;
    }

    /** A number. */
    public double number() {
        try {
            return Double.parseDouble(text());
        } catch (NumberFormatException e) {
            throw refused("expected a number, got '%s'".formatted(text()));
        }
    }

    /** A whole number. */
    public long whole() {
        double value = number();
        if (value != Math.rint(value) || Math.abs(value) > 1L << 53) {
            throw refused("expected a whole number, got '%s'".formatted(text()));
        }
        return (long) value;
    }

    /** A whole number of int size in a range. */
    public int whole(int least, int most) {
        long value = whole();
        if (value < least || value > most) {
            throw refused("is %d, allowed is %d to %d".formatted(value, least, most));
        }
        return (int) value;
    }

    /** One of these words. */
    public <T> T oneOf(Map<String, T> words) {
        @Nullable T value = words.get(text().toLowerCase(Locale.ROOT));
        if (value == null) {
            throw refused("is '%s', allowed is %s".formatted(text(), String.join(", ", words.keySet())));
        }
        return value;
    }

    /** What a constructor complains about, with the line. */
    public <T> T checked(Supplier<T> making) {
        try {
            return making.get();
        } catch (IllegalArgumentException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    /** A member that may be absent. */
    public static Optional<YamlNode> optional(Map<String, YamlNode> members, String key) {
        @Nullable YamlNode found = members.get(key);
        return Optional.ofNullable(found);
    }

    /** A member of this map that must be there. */
    public YamlNode required(Map<String, YamlNode> members, String key) {
        return optional(members, key).orElseThrow(() -> refused("lacks '%s'".formatted(key)));
    }
}
