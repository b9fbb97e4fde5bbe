package dev.nextstep.workflow.config;

import static java.util.Objects.requireNonNull;

import dev.nextstep.data.DataException;
import dev.nextstep.data.yaml.YamlNode;
import dev.nextstep.workflow.preset.QualityPreset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All settings with where each came from. Made of layers, each of which replaces single values of those below: defaults, file,
 * environment, flags. A map in a file is merged into the one below it, never put in its place. Immutable.
 */
public final class Settings {
    private static final String PRESETS = "quality_presets";
    private static final Set<String> PRESET_KEYS = Set.of("size", "steps", "guidance");

    /**
     * A value and its origin.
     *
     * @param value of the type of its {@link SettingKind}
     */
    public record Value(Object value, Origin origin) {}

    /**
     * A preset and its origin.
     *
     * @param origin of the newest of its values
     */
    public record Preset(QualityPreset preset, Origin origin) {}

    private final Map<SettingKey, Value> values;
    private final Map<String, Preset> presets;

    private Settings(Map<SettingKey, Value> values, Map<String, Preset> presets) {
        this.values = values;
        this.presets = presets;
    }

    /** What is built in. */
    public static Settings defaults() {
        var values = new EnumMap<SettingKey, Value>(SettingKey.class);
        for (var key : SettingKey.values()) {
            values.put(key, new Value(key.kind().parse(key.usual()), new Origin.Default()));
        }
        var presets = new LinkedHashMap<String, Preset>();
        QualityPreset.BUILT_IN.forEach(p -> presets.put(p.name(), new Preset(p, new Origin.Default())));
        return new Settings(values, presets);
    }

    /**
     * With the values of a file over these.
     *
     * @param text YAML, or JSON, which is YAML too
     * @param file its name, for messages and origins
     * @throws DataException naming file and line if a key is unknown or a value not allowed
     */
    public Settings withFile(String text, String file) {
        var newValues = new EnumMap<>(values);
        var newPresets = new LinkedHashMap<>(presets);
        var root = YamlNode.parse(text, file).members(roots());
        root.forEach((name, node) -> {
            if (name.equals(PRESETS)) {
                node.anyMembers().forEach((preset, body) -> put(newPresets, preset, body, file));
            } else if (SettingKey.of(name).isPresent()) {
                put(newValues, SettingKey.of(name).get(), node, file);
            } else {
                var inner = keysBelow(name);
                node.members(inner.keySet())
                        .forEach((child, value) -> put(newValues, requireNonNull(inner.get(child)), value, file));
            }
        });
        return new Settings(newValues, newPresets);
    }

    private static Set<String> roots() {
        var roots = new LinkedHashSet<String>();
        for (var key : SettingKey.values()) {
            roots.add(key.path().replaceAll("\\..*", ""));
        }
        roots.add(PRESETS);
        return roots;
    }

    private static Map<String, SettingKey> keysBelow(String root) {
        return Arrays.stream(SettingKey.values())
                .filter(key -> key.path().startsWith(root + "."))
                .collect(Collectors.toMap(key -> key.path().substring(root.length() + 1), key -> key));
    }

    private static void put(Map<SettingKey, Value> values, SettingKey key, YamlNode node, String file) {
        String text = node.isScalar()
                ? node.text()
                : node.elements().stream().map(YamlNode::text).collect(Collectors.joining(","));
        if (key.kind() instanceof SettingKind.Words || node.isScalar()) {
            values.put(key, new Value(node.checked(() -> key.kind().parse(text)), new Origin.File(file, node.line())));
        } else {
            throw node.refused("expected one value, not a list");
        }
    }

    private static void put(Map<String, Preset> presets, String name, YamlNode body, String file) {
        var keys = body.members(PRESET_KEYS);
        var below = presets.get(name);
        var start = below == null ? QualityPreset.STANDARD : below.preset();
        var preset = body.checked(() -> new QualityPreset(
                name,
                keys.containsKey("size") ? requireNonNull(keys.get("size")).whole(1, 1 << 16) : start.side(),
                keys.containsKey("steps") ? requireNonNull(keys.get("steps")).whole(1, 1 << 16) : start.steps(),
                keys.containsKey("guidance")
                        ? requireNonNull(keys.get("guidance")).number()
                        : start.guidance()));
        presets.put(name, new Preset(preset, new Origin.File(file, body.line())));
    }

    /**
     * With variables of the environment over these.
     *
     * @param environment such as {@link System#getenv()}; only names of {@link SettingKey#variable} count
     * @throws DataException naming the variable if its value is not allowed
     */
    public Settings withEnvironment(Map<String, String> environment) {
        var newValues = new EnumMap<>(values);
        for (var key : SettingKey.values()) {
            String text = environment.get(key.variable());
            if (text != null) {
                newValues.put(key, parsed(key, text, new Origin.Environment(key.variable())));
            }
        }
        return new Settings(newValues, presets);
    }

    /**
     * With one value from the command line over these.
     *
     * @param option its name there
     * @throws IllegalArgumentException naming the option if the value is not allowed
     */
    public Settings withFlag(SettingKey key, String option, String text) {
        var newValues = new EnumMap<>(values);
        var origin = new Origin.Flag(option);
        try {
            newValues.put(key, new Value(key.kind().parse(text), origin));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(option + " " + e.getMessage(), e);
        }
        return new Settings(newValues, presets);
    }

    /**
     * With other presets instead of these.
     *
     * @param all every preset that there is
     */
    public Settings withPresets(List<QualityPreset> all) {
        var newPresets = new LinkedHashMap<String, Preset>();
        all.forEach(preset -> newPresets.put(preset.name(), new Preset(preset, new Origin.Default())));
        return new Settings(values, newPresets);
    }

    private static Value parsed(SettingKey key, String text, Origin origin) {
        try {
            return new Value(key.kind().parse(text), origin);
        } catch (IllegalArgumentException e) {
            throw new DataException(origin.text() + " " + e.getMessage(), e);
        }
    }

    /** A value with its origin. */
    public Value get(SettingKey key) {
        return requireNonNull(values.get(key));
    }

    /** A text. */
    public String text(SettingKey key) {
        return (String) get(key).value();
    }

    /** A whole number. */
    public int whole(SettingKey key) {
        return Math.toIntExact((Long) get(key).value());
    }

    /** A number. */
    public double number(SettingKey key) {
        return (Double) get(key).value();
    }

    /** Yes or no. */
    public boolean isOn(SettingKey key) {
        return (Boolean) get(key).value();
    }

    /** A list of words. */
    public List<String> words(SettingKey key) {
        var list = new ArrayList<String>();
        ((List<?>) get(key).value()).forEach(word -> list.add((String) word));
        return list;
    }

    /** All presets by name. */
    public Map<String, Preset> presets() {
        return java.util.Collections.unmodifiableMap(presets);
    }

    /**
     * The preset of that name.
     *
     * @throws DataException listing the names if there is none
     */
    public QualityPreset preset(String name) {
        var preset = presets.get(name);
        if (preset == null) {
            throw new DataException(
                    "there is no preset '%s'; there are %s".formatted(name, String.join(", ", presets.keySet())));
        }
        return preset.preset();
    }
}
