package dev.nextstep.data.emoji;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nextstep.data.npm.NpmAccess;
import dev.nextstep.data.npm.NpmException;
import dev.nextstep.data.npm.NpmPackages;
import dev.nextstep.data.npm.NpmSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.opentest4j.TestAbortedException;

/** A small set made up here, in the forms of the real packages, and the real one where its packages are in the cache. */
final class EmojiFixture {
    static final ObjectMapper MAPPER = new ObjectMapper();

    private static final String DATA = """
            [
              {"label": "red apple", "hexcode": "1F34E", "tags": ["apple", "fruit", "red"], "group": 4, "subgroup": 42},
              {"label": "green apple", "hexcode": "1F34F", "tags": ["fruit", "green"], "group": 4, "subgroup": 42},
              {"label": "banana", "hexcode": "1F34C", "tags": ["fruit"], "group": 4, "subgroup": 42},
              {"label": "grapes", "hexcode": "1F347", "tags": ["fruit"], "group": 4, "subgroup": 42},
              {"label": "lemon", "hexcode": "1F34B", "tags": ["fruit", "citrus"], "group": 4, "subgroup": 42},
              {"label": "pear", "hexcode": "1F350", "tags": ["fruit"], "group": 4, "subgroup": 42},
              {"label": "red heart", "hexcode": "2764-FE0F", "tags": ["heart"], "group": 0, "subgroup": 14},
              {"label": "blue heart", "hexcode": "1F499", "tags": ["blue", "heart"], "group": 0, "subgroup": 14},
              {"label": "light blue heart", "hexcode": "1FA75", "tags": ["heart"], "group": 0, "subgroup": 14},
              {"label": "three o’clock", "hexcode": "1F552", "tags": ["clock"], "group": 5, "subgroup": 58},
              {"label": "three-thirty", "hexcode": "1F55E", "tags": ["clock"], "group": 5, "subgroup": 58},
              {"label": "twelve o’clock", "hexcode": "1F55B", "tags": ["clock"], "group": 5, "subgroup": 58},
              {"label": "cricket", "hexcode": "1F997", "tags": ["bug"], "group": 3, "subgroup": 39},
              {"label": "cricket game", "hexcode": "1F3CF", "tags": ["ball"], "group": 6, "subgroup": 62},
              {"label": "grinning cat", "hexcode": "1F63A", "tags": ["cat", "face"], "group": 0, "subgroup": 12},
              {"label": "flag: Germany", "hexcode": "1F1E9-1F1EA", "tags": ["DE"], "group": 9, "subgroup": 98},
              {"label": "keycap: 3", "hexcode": "0033-FE0F-20E3", "tags": [], "group": 8, "subgroup": 94},
              {"label": "waving hand", "hexcode": "1F44B", "tags": ["hand"], "group": 1, "subgroup": 16, "skins": [
                {"label": "waving hand: light skin tone", "hexcode": "1F44B-1F3FB", "group": 1, "subgroup": 16, "tone": 1},
                {"label": "waving hand: dark skin tone", "hexcode": "1F44B-1F3FF", "group": 1, "subgroup": 16, "tone": 5}]},
              {"label": "police officer", "hexcode": "1F46E", "tags": ["law"], "group": 1, "subgroup": 25},
              {"label": "man police officer", "hexcode": "1F46E-200D-2642-FE0F", "tags": ["law"], "group": 1, "subgroup": 25},
              {"label": "woman police officer", "hexcode": "1F46E-200D-2640-FE0F", "tags": ["law"], "group": 1, "subgroup": 25,
                "skins": [{"label": "woman police officer: dark skin tone", "hexcode": "1F46E-1F3FF-200D-2640-FE0F",
                  "group": 1, "subgroup": 25, "tone": 5}]},
              {"label": "man", "hexcode": "1F468", "tags": ["adult"], "group": 1, "subgroup": 23},
              {"label": "man: red hair", "hexcode": "1F468-200D-1F9B0", "tags": ["adult"], "group": 1, "subgroup": 23},
              {"label": "woman", "hexcode": "1F469", "tags": ["adult"], "group": 1, "subgroup": 23},
              {"label": "locked", "hexcode": "1F512", "tags": ["closed"], "group": 7, "subgroup": 77},
              {"label": "regional indicator D", "hexcode": "1F1E9", "tags": []}
            ]
            """;
    private static final String GROUPS = """
            {"groups": {"0": "smileys-emotion", "1": "people-body", "3": "animals-nature", "4": "food-drink",
              "5": "travel-places", "6": "activities", "7": "objects", "8": "symbols", "9": "flags"},
             "subgroups": {"12": "cat-face", "14": "heart", "16": "hand-fingers-open", "23": "person", "25": "person-role",
              "39": "animal-bug", "42": "food-fruit", "58": "time", "62": "sport", "77": "lock", "94": "keycap",
              "98": "country-flag"}}
            """;
    private static final String MESSAGES = """
            {"groups": [{"key": "smileys-emotion", "message": "smileys & emotion"},
              {"key": "people-body", "message": "people & body"}, {"key": "animals-nature", "message": "animals & nature"},
              {"key": "food-drink", "message": "food & drink"}, {"key": "travel-places", "message": "travel & places"}]}
            """;
    private static final String SHORT_CODES = """
            {"1F34E": ["apple", "red_apple"], "1F44B": "wave", "1F34C": ["banana"], "1F46E": ["law_officer", "law"],
             "1F63A": ["cat"], "1F997": ["bug"]}
            """;

    private EmojiFixture() {}

    static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, Glyph> glyphs() {
        return GlyphReader.read(json(DATA), json(GROUPS), json(MESSAGES), List.of(json(SHORT_CODES)));
    }

    /** Every style draws every glyph as a square of another colour and place. */
    static Map<EmojiStyle, IconSet> iconSets() {
        var sets = new EnumMap<EmojiStyle, IconSet>(EmojiStyle.class);
        for (var style : EmojiStyle.values()) {
            var root = MAPPER.createObjectNode();
            var chars = MAPPER.createObjectNode();
            int number = 0;
            for (var glyph : glyphs().values()) {
                String name = IconJoin.slug(glyph.label());
                icon(root, name, square(style, number++));
                chars.put(glyph.hexcode(), name);
            }
            root.put("width", 32).put("height", 32);
            sets.put(style, IconSet.parse(root, chars));
        }
        return sets;
    }

    static void icon(ObjectNode root, String name, String body) {
        root.withObject("/icons").putObject(name).put("body", body);
    }

    private static String square(EmojiStyle style, int number) {
        int colour = 0x203040
                + 0x050307 * (number + 40 * List.of(EmojiStyle.values()).indexOf(style));
        return "<path fill=\"#%06x\" d=\"M%d %dh14v14h-14z\"/>"
                .formatted(colour & 0xffffff, number % 9, 2 * (number % 8));
    }

    static EmojiCatalog catalog() {
        return EmojiCatalog.join(glyphs(), iconSets());
    }

    /** The catalogue as if rendered: two drawings with the same elements look the same. */
    static List<RenderedEmoji> pictures(EmojiCatalog catalog) {
        var pictures = new ArrayList<RenderedEmoji>();
        for (var drawing : catalog.drawings()) {
            var digest = Digests.sha256().digest(drawing.icon().svg().getBytes(StandardCharsets.UTF_8));
            pictures.add(new RenderedEmoji(
                    drawing.glyph(),
                    drawing.style(),
                    Path.of("none"),
                    HexFormat.of().formatHex(digest),
                    Optional.empty()));
        }
        return pictures;
    }

    /** The real catalogue; the test is skipped where its packages were never fetched. */
    static List<RenderedEmoji> realPictures() {
        return Real.PICTURES.orElseThrow(
                () -> new TestAbortedException("the packages of the emoji set are not in the cache of this user"));
    }

    /** Read once: it takes seconds. */
    private static final class Real {
        static final Optional<List<RenderedEmoji>> PICTURES = read();

        private static Optional<List<RenderedEmoji>> read() {
            var settings = NpmSettings.fromEnvironment();
            var packages = new NpmPackages(new NpmSettings(settings.registry(), settings.cache(), NpmAccess.OFFLINE));
            try {
                return Optional.of(pictures(EmojiCatalog.read(packages)));
            } catch (NpmException e) {
                if (e.reason() == NpmException.Reason.OFFLINE) {
                    return Optional.empty();
                }
                throw e;
            }
        }
    }

    static RenderedEmoji picture(List<RenderedEmoji> pictures, EmojiStyle style, String label) {
        return pictures.stream()
                .filter(picture ->
                        picture.style() == style && picture.glyph().label().equals(label))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + label + " in " + style));
    }

    static Map<String, Glyph> byLabel() {
        var glyphs = new LinkedHashMap<String, Glyph>();
        glyphs().values().forEach(glyph -> glyphs.put(glyph.label(), glyph));
        return glyphs;
    }
}
