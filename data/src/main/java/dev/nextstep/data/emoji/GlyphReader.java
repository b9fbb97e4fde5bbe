package dev.nextstep.data.emoji;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Makes glyphs of emojibase's English data. */
final class GlyphReader {
    private static final String FLAGS = "flags";
    private static final String COMPONENTS = "component";
    private static final String FAMILIES = "family";
    private static final Set<String> HAIR = Set.of("1f9b0", "1f9b1", "1f9b2", "1f9b3");
    /** Signs and people in sequences, to what stands there without gender. */
    private static final String MALE_SIGN = "2642";

    private static final String FEMALE_SIGN = "2640";
    private static final String MAN = "1f468";
    private static final String WOMAN = "1f469";
    private static final String PERSON = "1f9d1";
    /** People of one code point. */
    private static final Set<String> MALE = Set.of("1f468", "1f466", "1f474", "1f934", "1f385", "1f57a", "1f46c");

    private static final Set<String> FEMALE = Set.of("1f469", "1f467", "1f475", "1f478", "1f936", "1f483", "1f46d");

    private record Raw(
            String code,
            String label,
            List<String> tags,
            String group,
            String subgroup,
            String parent,
            List<SkinTone> tones) {}

    private final Map<String, Raw> raws = new LinkedHashMap<>();
    private final Map<String, String> codeOfLabel = new HashMap<>();
    private final JsonNode groups;
    private final Map<String, String> groupTexts = new HashMap<>();
    private Map<String, List<String>> aliases = Map.of();

    private GlyphReader(JsonNode groups, JsonNode messages) {
        this.groups = groups;
        messages.path("groups")
                .forEach(group -> groupTexts.put(
                        group.path("key").asText(), group.path("message").asText()));
    }

    /**
     * Reads them.
     *
     * @param data {@code en/data.json}
     * @param groups {@code meta/groups.json}
     * @param messages {@code en/messages.json}
     * @param shortcodes files of {@code en/shortcodes}
     * @return glyphs by code, in the order of the data, each followed by its skin tones
     */
    static Map<String, Glyph> read(JsonNode data, JsonNode groups, JsonNode messages, List<JsonNode> shortcodes) {
        var reader = new GlyphReader(groups, messages);
        for (var node : data) {
            var tags = texts(node.path("tags"));
            String code = reader.add(node, tags, Optional.empty());
            node.path("skins").forEach(skin -> reader.add(skin, tags, Optional.of(code)));
        }
        reader.aliases = new AliasFinder(reader.vocabulary(), reader.plainLabels()).find(shortcodes);
        var glyphs = new LinkedHashMap<String, Glyph>();
        reader.raws.values().forEach(raw -> glyphs.put(raw.code, reader.glyph(raw)));
        return glyphs;
    }

    private String add(JsonNode node, List<String> tags, Optional<String> parent) {
        String code = HexCode.normalized(node.path("hexcode").asText());
        var tones = new ArrayList<SkinTone>();
        var tone = node.path("tone");
        if (tone.isArray()) {
            tone.forEach(number -> tones.add(SkinTone.ofNumber(number.asInt())));
        } else if (tone.isInt()) {
            tones.add(SkinTone.ofNumber(tone.asInt()));
        }
        var group = groups.path("groups").path(node.path("group").asText()).asText(COMPONENTS);
        var subgroup =
                groups.path("subgroups").path(node.path("subgroup").asText()).asText(COMPONENTS);
        var label = node.path("label").asText();
        raws.put(code, new Raw(code, label, tags, group, subgroup, parent.orElse(code), tones));
        codeOfLabel.putIfAbsent(label, code);
        return code;
    }

    private Glyph glyph(Raw raw) {
        return new Glyph(
                raw.code,
                raw.label,
                raw.tags,
                aliases.getOrDefault(raw.code, List.of()),
                groupTexts.getOrDefault(raw.group, raw.group),
                raw.subgroup,
                base(raw),
                raw.tones,
                gender(raw),
                form(raw));
    }

    private GlyphForm form(Raw raw) {
        var parts = HexCode.parts(raw.code);
        boolean joined = parts.contains(HexCode.JOINER);
        if (raw.group.equals(COMPONENTS)) {
            return GlyphForm.COMPONENT;
        } else if (raw.group.equals(FLAGS)) {
            return GlyphForm.FLAG;
        } else if (!raw.tones.isEmpty()) {
            return GlyphForm.TONE;
        } else if (joined && parts.contains(HexCode.RIGHTWARDS)) {
            return GlyphForm.DIRECTION;
        } else if (raw.subgroup.equals(FAMILIES) && raw.label.contains(":")) {
            return GlyphForm.FAMILY;
        } else if (joined && parts.stream().anyMatch(HAIR::contains)) {
            return GlyphForm.HAIR;
        }
        return base(raw).equals(raw.code) ? GlyphForm.BASE : GlyphForm.GENDER;
    }

    private Optional<Gender> gender(Raw raw) {
        var parts = HexCode.parts(raw.parent);
        boolean joined = parts.contains(HexCode.JOINER);
        Predicate<String> first = parts.getFirst()::equals;
        if (raw.subgroup.equals(FAMILIES) && joined) {
            return Optional.empty();
        }
        if (joined ? parts.contains(MALE_SIGN) || first.test(MAN) : MALE.contains(raw.parent)) {
            return Optional.of(Gender.MALE);
        }
        return (joined ? parts.contains(FEMALE_SIGN) || first.test(WOMAN) : FEMALE.contains(raw.parent))
                ? Optional.of(Gender.FEMALE)
                : Optional.empty();
    }

    /** Takes away skin tone, then what stands after the colon of the label, then gender. */
    private String base(Raw raw) {
        String code = raw.parent;
        String label = raws.getOrDefault(code, raw).label;
        int colon = label.indexOf(':');
        if (colon > 0) {
            code = codeOfLabel.getOrDefault(label.substring(0, colon), code);
        }
        return withoutGender(code).filter(raws::containsKey).orElse(code);
    }

    private static Optional<String> withoutGender(String code) {
        if (code.equals("1f46b") || code.equals("1f46c") || code.equals("1f46d")) {
            return Optional.of("1f9d1-200d-1f91d-200d-1f9d1"); // people holding hands
        }
        var parts = new ArrayList<>(HexCode.parts(code));
        int joiner = parts.lastIndexOf(HexCode.JOINER);
        if (joiner < 0) {
            return Optional.empty();
        }
        if (parts.getLast().equals(MALE_SIGN) || parts.getLast().equals(FEMALE_SIGN)) {
            return Optional.of(String.join("-", parts.subList(0, joiner)));
        }
        if (parts.getFirst().equals(MAN) || parts.getFirst().equals(WOMAN)) {
            parts.set(0, PERSON);
            return Optional.of(String.join("-", parts));
        }
        return Optional.empty();
    }

    /** All words of labels and keywords. */
    private Set<String> vocabulary() {
        var words = new HashSet<String>();
        for (var raw : raws.values()) {
            words.addAll(AliasFinder.words(raw.label));
            raw.tags.forEach(tag -> words.addAll(AliasFinder.words(tag)));
        }
        return words;
    }

    /** Of glyphs that are not put together of parts: those have names made of their parts. */
    private Map<String, String> plainLabels() {
        var labels = new LinkedHashMap<String, String>();
        for (var raw : raws.values()) {
            var form = form(raw);
            if (form == GlyphForm.BASE || form == GlyphForm.GENDER) {
                labels.put(raw.code, raw.label.toLowerCase(Locale.ROOT));
            }
        }
        return labels;
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(node -> texts.add(node.asText()));
        return texts;
    }
}
