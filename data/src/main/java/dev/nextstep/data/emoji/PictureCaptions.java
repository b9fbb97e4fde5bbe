package dev.nextstep.data.emoji;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The wordings of one picture's caption. The first is the main one: {@code {label}, {style} style}. */
final class PictureCaptions {
    private static final Set<String> COLOURABLE =
            Set.of("animals & nature", "food & drink", "travel & places", "activities", "objects");
    private static final int MOST_ALIASES = 2;
    private static final int MOST_TAGS = 2;

    private final StableHash hash;
    private final CommonTags common;

    PictureCaptions(long seed, CommonTags common) {
        this.hash = new StableHash(seed);
        this.common = common;
    }

    List<WeightedText> of(RenderedEmoji picture) {
        var glyph = picture.glyph();
        var name = GlyphName.of(glyph);
        var style = picture.style();
        String inStyle = ", " + style.word() + " style";
        var texts = new WeightedText.Collector();
        texts.add(0.30, name.plain() + inStyle);
        texts.add(0.12, name.plain());
        sentences(texts, name, style.word());
        style.otherWords()
                .forEach(word -> texts.add(0.04 / style.otherWords().size(), name.plain() + ", " + word + " style"));
        glyph.aliases().stream().limit(MOST_ALIASES).forEach(alias -> {
            texts.add(0.03, alias);
            texts.add(0.03, alias + inStyle);
        });
        var tags = tags(picture, name);
        if (!tags.isEmpty()) {
            texts.add(0.03, name.plain() + ", " + String.join(", ", tags) + inStyle);
        }
        colour(texts, picture, name);
        ClockTime.of(glyph).ifPresent(time -> {
            texts.add(0.08, "a clock showing " + time.words() + inStyle);
            texts.add(0.05, "a clock showing " + time.otherWords() + inStyle);
            texts.add(0.03, "a clock showing " + time.otherWords());
            texts.add(0.03, "a clock at " + time.digits() + inStyle);
        });
        return texts.texts();
    }

    private static void sentences(WeightedText.Collector texts, GlyphName name, String style) {
        boolean countable = name.kind() == NounKind.COUNTABLE;
        if (countable) {
            texts.add(0.07, name.phrase());
            texts.add(0.09, name.phrase() + ", " + style + " style");
        }
        texts.add(0.07, (countable ? name.phrase() : name.plain()) + " in " + style + " style");
        texts.add(0.05, "draw " + name.phrase());
        texts.add(0.06, "draw " + name.phrase() + " in " + style + " style");
        texts.add(0.03, name.plain() + " emoji");
        texts.add(0.03, name.plain() + " emoji, " + style + " style");
        if (name.kind() != NounKind.NAME) {
            texts.add(0.04, "an emoji of " + name.phrase());
            texts.add(0.04, "an emoji of " + name.phrase() + " in " + style + " style");
        }
    }

    /** Two keywords that say something new; which ones differs from style to style. */
    private List<String> tags(RenderedEmoji picture, GlyphName name) {
        return common.of(picture.glyph()).stream()
                .filter(tag -> !name.plain().contains(tag) && !ColourWords.speaks(tag))
                .sorted(Comparator.comparing(tag -> hash.bits(picture.id() + " " + tag)))
                .limit(MOST_TAGS)
                .toList();
    }

    /** The drawing's colour, where nothing else speaks of colours and the thing is named by one or two words. */
    private static void colour(WeightedText.Collector texts, RenderedEmoji picture, GlyphName name) {
        nameableColour(picture, name).ifPresent(colour -> {
            String phrase = GlyphName.withArticle(colour.word() + " " + name.plain());
            texts.add(0.03, phrase);
            texts.add(0.04, phrase + ", " + picture.style().word() + " style");
        });
    }

    static Optional<ColourName> nameableColour(RenderedEmoji picture, GlyphName name) {
        var glyph = picture.glyph();
        boolean silent = glyph.form() == GlyphForm.BASE
                && name.kind() == NounKind.COUNTABLE
                && COLOURABLE.contains(glyph.group())
                && name.plain().split(" ", -1).length <= 2
                && !ColourWords.speaks(name.plain())
                && glyph.tags().stream().noneMatch(ColourWords::speaks)
                && glyph.aliases().stream().noneMatch(ColourWords::speaks);
        return picture.colour().filter(colour -> silent);
    }
}
