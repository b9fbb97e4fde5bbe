package dev.nextstep.data.emoji;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Sentences about a glyph that need no picture. */
final class GlyphFacts {
    private static final int MOST_TAGS = 5;

    private final Map<String, String> seriesNames = new HashMap<>();

    private final CommonTags common;

    GlyphFacts(CommonTags common) {
        this.common = common;
        Tables.rows("series.tsv").forEach(row -> seriesNames.put(row.getFirst(), row.get(1)));
    }

    /**
     * The sentences.
     *
     * @param pictures of this glyph, one for each style that may be spoken of
     */
    List<String> of(Glyph glyph, List<RenderedEmoji> pictures) {
        var name = GlyphName.of(glyph);
        String be = name.kind() == NounKind.PLURAL ? " are " : " is ";
        var facts = new ArrayList<String>();
        facts.add(name.phrase() + be + "in the group " + glyph.group().replace("&", "and") + ".");
        if (seriesNames.containsKey(glyph.subgroup()) && glyph.form() == GlyphForm.BASE) {
            facts.add(name.phrase() + be + "one of the " + seriesNames.get(glyph.subgroup()) + ".");
        }
        var tags = tags(glyph, name);
        if (tags.size() > 1) {
            facts.add("keywords of " + name.plain() + ": " + String.join(", ", tags) + ".");
        }
        glyph.aliases().stream()
                .limit(2)
                .forEach(alias -> facts.add("another name of " + name.plain() + " is " + alias + "."));
        if (pictures.size() > 1) {
            var styles =
                    pictures.stream().map(picture -> picture.style().word()).toList();
            facts.add("there are pictures of " + name.plain() + " in the styles " + list(styles) + ".");
        }
        for (var picture : pictures) {
            PictureCaptions.nameableColour(picture, name)
                    .ifPresent(colour -> facts.add("the main colour of " + name.plain() + " in "
                            + picture.style().word() + " style is " + colour.word() + "."));
        }
        ClockTime.of(glyph).ifPresent(time -> {
            facts.add(time.words() + " is " + time.digits() + ".");
            facts.add(time.words() + " is the same as " + time.otherWords() + ".");
        });
        return facts;
    }

    /** Sentences about the set as a whole. */
    static List<String> general(List<Glyph> glyphs) {
        var styles = List.of(EmojiStyle.values()).stream().map(EmojiStyle::word).toList();
        var facts = new ArrayList<>(List.of(
                "the styles are " + list(styles) + ".",
                "a picture can be drawn in " + styles.size() + " styles: " + list(styles) + "."));
        for (var style : EmojiStyle.values()) {
            style.otherWords().forEach(word -> facts.add(style.word() + " style is also called " + word + " style."));
        }
        var groups = glyphs.stream().collect(Collectors.groupingBy(Glyph::group, TreeMap::new, Collectors.toList()));
        facts.add("the groups are "
                + list(groups.keySet().stream()
                        .map(group -> group.replace("&", "and"))
                        .toList()) + ".");
        return facts;
    }

    /** As in a sentence: {@code a, b and c}. */
    static String list(List<String> words) {
        int last = words.size() - 1;
        return last < 1
                ? String.join("", words)
                : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
    }

    private List<String> tags(Glyph glyph, GlyphName name) {
        return common.of(glyph).stream()
                .filter(tag -> !tag.equals(name.plain()))
                .limit(MOST_TAGS)
                .toList();
    }
}
