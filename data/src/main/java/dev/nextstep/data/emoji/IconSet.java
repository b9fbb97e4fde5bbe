package dev.nextstep.data.emoji;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nextstep.data.npm.NpmException;
import dev.nextstep.data.npm.NpmPackages;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The icons of one package in iconify's JSON form.
 *
 * @param icons drawings by name, in the order of the package
 * @param aliases other names of drawings, to the drawing's name
 * @param characters hex code without {@code fe0f} to name; empty where the package does not say
 */
record IconSet(Map<String, Icon> icons, Map<String, String> aliases, Map<String, String> characters) {
    private static final String ICONS = "icons.json";
    private static final String CHARACTERS = "chars.json";
    private static final double DEFAULT_SIDE = 16; // iconify's own default

    static IconSet of(EmojiStyle style, NpmPackages packages) {
        var files = packages.read(style.source(), List.of(ICONS, CHARACTERS));
        try {
            var mapper = new ObjectMapper();
            return parse(mapper.readTree(files.get(ICONS)), mapper.readTree(files.get(CHARACTERS)));
        } catch (IOException | IllegalArgumentException e) {
            throw new NpmException(
                    NpmException.Reason.CONTENT,
                    style.source() + ": its icons cannot be read (" + e.getMessage() + ")",
                    e);
        }
    }

    static IconSet parse(JsonNode root, JsonNode chars) {
        double width = root.path("width").asDouble(DEFAULT_SIDE);
        double height = root.path("height").asDouble(DEFAULT_SIDE);
        var icons = new LinkedHashMap<String, Icon>();
        for (var entry : root.path("icons").properties()) {
            var icon = entry.getValue();
            icons.put(
                    entry.getKey(),
                    new Icon(
                            entry.getKey(),
                            icon.path("body").asText(),
                            icon.path("width").asDouble(width),
                            icon.path("height").asDouble(height)));
        }
        var aliases = new LinkedHashMap<String, String>();
        for (var entry : root.path("aliases").properties()) {
            // A turned or mirrored alias is another drawing; none of those is needed for a glyph.
            if (entry.getValue().size() == 1 && entry.getValue().has("parent")) {
                aliases.put(entry.getKey(), entry.getValue().path("parent").asText());
            }
        }
        var characters = new TreeMap<String, String>();
        for (var entry : chars.properties()) {
            characters.putIfAbsent(
                    HexCode.normalized(entry.getKey()), entry.getValue().asText());
        }
        return new IconSet(icons, aliases, characters);
    }

    /** The drawing of that name or alias. */
    Optional<Icon> named(String name) {
        String drawing = name;
        for (int hops = 0; hops < 8 && !icons.containsKey(drawing) && aliases.containsKey(drawing); hops++) {
            drawing = aliases.getOrDefault(drawing, drawing);
        }
        return Optional.ofNullable(icons.get(drawing));
    }
}
