package dev.nextstep.data.emoji;

import java.util.List;
import java.util.Optional;

/** How people ask for an edit. */
final class EditInstructions {
    private EditInstructions() {}

    /** The wordings, the likeliest first. */
    static List<WeightedText> of(EditPair pair) {
        var texts = new WeightedText.Collector();
        switch (pair.kind()) {
            case STYLE -> style(texts, pair.target().style());
            case TONE -> tone(texts, pair.target().glyph());
            case GENDER -> gender(texts, pair.target().glyph());
            case COLOUR ->
                colour(
                        texts,
                        Optional.of(GlyphName.text(pair.target().glyph().label()))
                                .flatMap(ColourWords::in)
                                .orElseThrow());
            case PAINT -> colour(texts, pair.paint().orElseThrow().word());
            case CLOCK -> clock(texts, ClockTime.of(pair.target().glyph()).orElseThrow());
            case MIRROR -> mirror(texts);
        }
        return texts.texts();
    }

    private static void style(WeightedText.Collector texts, EmojiStyle style) {
        String word = style.word();
        texts.add(0.30, "in " + word + " style");
        texts.add(0.15, "make it " + word + " style");
        texts.add(0.15, "redraw it in " + word + " style");
        texts.add(0.15, "change the style to " + word);
        texts.add(0.10, "convert it to " + word + " style");
        texts.add(0.10, "draw it in the " + word + " style");
        style.otherWords().forEach(other -> texts.add(0.05 / style.otherWords().size(), "in " + other + " style"));
    }

    private static void tone(WeightedText.Collector texts, Glyph target) {
        if (target.tones().isEmpty()) {
            texts.add(0.4, "default skin tone");
            texts.add(0.3, "no skin tone");
            texts.add(0.3, "remove the skin tone");
            return;
        }
        String word = target.tones().getFirst().word();
        texts.add(0.30, word + " skin tone");
        texts.add(0.20, "change the skin tone to " + word);
        texts.add(0.15, "with " + word + " skin tone");
        texts.add(0.15, "make the skin tone " + word);
        texts.add(0.10, "give it " + GlyphName.withArticle(word + " skin tone"));
        texts.add(0.10, "make the skin " + word);
    }

    private static void gender(WeightedText.Collector texts, Glyph target) {
        String who = who(target);
        texts.add(0.4, "as " + who);
        texts.add(0.3, "make it " + who);
        texts.add(0.15, "change it to " + who);
        texts.add(0.15, "turn it into " + who);
    }

    /** The man, the women, a person: by the label, else by the gender. */
    private static String who(Glyph target) {
        var words = List.of(GlyphName.text(target.label()).split("[ :,]+"));
        for (var many : List.of("women", "men", "people")) {
            if (words.contains(many)) {
                return many;
            }
        }
        for (var one : List.of("woman", "man", "girl", "boy", "princess", "prince", "child", "mermaid", "merman")) {
            if (words.contains(one)) {
                return "a " + one;
            }
        }
        return target.gender().map(gender -> "a " + gender.word()).orElse("a person");
    }

    private static void colour(WeightedText.Collector texts, String word) {
        texts.add(0.40, "make it " + word);
        texts.add(0.20, "change the colour to " + word);
        texts.add(0.10, "change the color to " + word);
        texts.add(0.10, "in " + word);
        texts.add(0.10, "colour it " + word);
        texts.add(0.10, GlyphName.withArticle(word) + " one");
    }

    private static void clock(WeightedText.Collector texts, ClockTime time) {
        texts.add(0.30, "show " + time.words());
        texts.add(0.20, "show " + time.otherWords());
        texts.add(0.15, "set the clock to " + time.words());
        texts.add(0.15, "change the time to " + time.otherWords());
        texts.add(0.10, "make it " + time.words());
        texts.add(0.10, "set it to " + time.digits());
    }

    private static void mirror(WeightedText.Collector texts) {
        texts.add(0.4, "mirror it");
        texts.add(0.3, "flip it horizontally");
        texts.add(0.15, "swap left and right");
        texts.add(0.15, "show its mirror image");
    }
}
