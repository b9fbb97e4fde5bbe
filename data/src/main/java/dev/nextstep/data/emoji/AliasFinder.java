package dev.nextstep.data.emoji;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Other names of glyphs out of chat programs' short codes. Only those that are English, which here means that each word
 * occurs in a label or keyword, and that mean one glyph alone.
 */
final class AliasFinder {
    private static final Pattern NAME = Pattern.compile("[a-z]{3,}( [a-z]+)*");
    private static final Pattern NO_WORD = Pattern.compile("[^a-z']+");

    private final Set<String> vocabulary;
    private final Map<String, String> labels;

    /**
     * Prepares.
     *
     * @param vocabulary words that count as English
     * @param labels of the glyphs that may have aliases, lower case, by code
     */
    AliasFinder(Set<String> vocabulary, Map<String, String> labels) {
        this.vocabulary = vocabulary;
        this.labels = labels;
    }

    static Collection<String> words(String text) {
        return Arrays.asList(NO_WORD.split(text.toLowerCase(Locale.ROOT)));
    }

    /**
     * Finds them.
     *
     * @param files of the form code to short code or list of short codes
     */
    Map<String, List<String>> find(List<JsonNode> files) {
        var found = new LinkedHashMap<String, Set<String>>();
        for (var file : files) {
            for (var entry : file.properties()) {
                var code = HexCode.normalized(entry.getKey());
                var names = entry.getValue();
                if (labels.containsKey(code)) {
                    var of = found.computeIfAbsent(code, c -> new LinkedHashSet<>());
                    if (names.isArray()) {
                        names.forEach(name -> of.add(text(name)));
                    } else {
                        of.add(text(names));
                    }
                }
            }
        }
        var owners = new HashMap<String, Integer>();
        found.values().forEach(names -> names.forEach(name -> owners.merge(name, 1, Integer::sum)));
        var aliases = new LinkedHashMap<String, List<String>>();
        found.forEach((code, names) -> {
            var kept = new ArrayList<>(names);
            kept.removeIf(name -> !isName(name) || owners.getOrDefault(name, 0) > 1 || isPartOfAnother(code, name));
            aliases.put(code, kept);
        });
        return aliases;
    }

    private static String text(JsonNode shortCode) {
        return shortCode.asText().replace('_', ' ').replace('-', ' ').strip();
    }

    private boolean isName(String name) {
        return NAME.matcher(name).matches() && !name.equals("yes") && vocabulary.containsAll(words(name));
    }

    /** Whether another glyph's label says it: "rice" is no name of cooked rice beside a rice ball. Equal labels count too. */
    private boolean isPartOfAnother(String code, String name) {
        String padded = " " + name + " ";
        return labels.entrySet().stream()
                .anyMatch(label -> (" " + label.getValue() + " ").contains(padded)
                        && (!label.getKey().equals(code) || label.getValue().equals(name)));
    }
}
