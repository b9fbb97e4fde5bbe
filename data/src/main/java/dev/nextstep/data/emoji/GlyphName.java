package dev.nextstep.data.emoji;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A glyph's label in words for captions, lower case.
 *
 * @param plain without article: {@code red apple}, {@code waving hand, dark skin tone}
 * @param phrase as the object of a sentence: {@code a red apple}, {@code grapes}, {@code the locked emoji}
 * @param kind how it stands in a sentence
 */
record GlyphName(String plain, String phrase, NounKind kind) {
    private static final Map<String, NounKind> LISTED = listed();
    private static final String FLAG = "flag: ";
    private static final Set<String> LANDS_WITH_THE =
            Set.of("bahamas", "gambia", "netherlands", "philippines", "maldives", "comoros", "european union");
    private static final Set<String> LAND_ENDINGS =
            Set.of("islands", "territories", "territory", "emirates", "kingdom", "states", "republic", "nations");
    private static final Set<String> PEOPLE = Set.of(
            "person",
            "person-gesture",
            "person-role",
            "person-fantasy",
            "person-activity",
            "person-sport",
            "person-resting",
            "person-symbol",
            "body-parts");
    /** Last words of hands and signs that are nouns. */
    private static final Set<String> NOUNS = Set.of(
            "hand",
            "fist",
            "gesture",
            "salute",
            "handshake",
            "selfie",
            "button",
            "mark",
            "arrow",
            "cross",
            "star",
            "asterisk",
            "circle",
            "loop",
            "emblem",
            "badge",
            "dash",
            "flag");
    /** Groups whose labels name things and beings. */
    private static final Set<String> THINGS =
            Set.of("smileys & emotion", "animals & nature", "food & drink", "travel & places", "activities", "objects");

    static GlyphName of(Glyph glyph) {
        String label = text(glyph.label());
        if (label.startsWith(FLAG)) {
            String land = land(label.substring(FLAG.length()));
            return new GlyphName("flag of " + land, "the flag of " + land, NounKind.COUNTABLE);
        }
        int colon = label.indexOf(": ");
        String head = colon < 0 ? label : label.substring(0, colon);
        var kind = kind(glyph, head);
        if (colon < 0) {
            return of(label, kind);
        }
        if (kind == NounKind.NAME) {
            // A keycap's rest is its number; elsewhere the colon stands for a comma.
            return of(label.replace(": ", head.equals("keycap") ? " " : ", "), kind);
        }
        var rest = Arrays.asList(label.substring(colon + 2).split(", "));
        boolean attributes = rest.stream()
                .allMatch(part -> part.endsWith("skin tone") || part.endsWith("hair") || part.equals("beard"));
        String phrase = of(head, kind).phrase
                + (attributes ? " with " + String.join(" and ", rest) : ", " + String.join(", ", rest));
        return new GlyphName(label.replace(": ", ", "), phrase, kind);
    }

    private static GlyphName of(String plain, NounKind kind) {
        return new GlyphName(
                plain,
                switch (kind) {
                    case COUNTABLE -> withArticle(plain);
                    case PLURAL, MASS -> plain;
                    case NAME -> "the " + plain + " emoji";
                },
                kind);
    }

    /** Lower case, with plain quotes where they are needed and none elsewhere. */
    static String text(String label) {
        return label.toLowerCase(Locale.ROOT).replace("’", "'").replace("“", "").replace("”", "");
    }

    /** With “a” or “an”, by how the first word sounds. */
    static String withArticle(String noun) {
        String word = noun.split("[ -]", 2)[0];
        boolean vowel = "aeiou8".indexOf(noun.charAt(0)) >= 0
                && !(noun.startsWith("uni") || noun.startsWith("eu") || noun.startsWith("ewe") || word.equals("one"));
        boolean spelled = word.equals("x") || word.equals("sos") || word.equals("ng") || word.equals("mx");
        return (vowel || spelled || noun.startsWith("hour") ? "an " : "a ") + noun;
    }

    private static String land(String name) {
        var words = name.split(" ", -1);
        boolean article = LANDS_WITH_THE.contains(name) || LAND_ENDINGS.contains(words[words.length - 1]);
        return article ? "the " + name : name;
    }

    private static NounKind kind(Glyph glyph, String head) {
        var listed = LISTED.get(head);
        if (listed != null) {
            return listed;
        }
        if (glyph.form() == GlyphForm.COMPONENT
                || glyph.form() == GlyphForm.FAMILY
                || ClockTime.of(glyph).isPresent()) {
            return NounKind.NAME;
        }
        var words = head.split(" ", -1);
        boolean thing = THINGS.contains(glyph.group())
                || PEOPLE.contains(glyph.subgroup())
                || glyph.subgroup().equals("geometric")
                || NOUNS.contains(words[words.length - 1]);
        return thing && !head.contains("!") ? NounKind.COUNTABLE : NounKind.NAME;
    }

    private static Map<String, NounKind> listed() {
        var kinds = new HashMap<String, NounKind>();
        for (var row : Tables.rows("nouns.tsv")) {
            var kind = NounKind.valueOf(row.getFirst().toUpperCase(Locale.ROOT));
            List.of(row.get(1).split("\\|")).forEach(label -> kinds.put(label, kind));
        }
        return Map.copyOf(kinds);
    }
}
