package dev.nextstep.data.emoji;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EditPairsTest {
    private final List<RenderedEmoji> pictures = EmojiFixture.pictures(EmojiFixture.catalog());
    private final EditPairs pairs = new EditPairs(pictures);

    @Test
    void stylesArePairedBothWays() {
        int glyphs = EmojiFixture.glyphs().size() - 1; // all but the cricket, which two styles lack
        assertThat(pairs.of(EditKind.STYLE).count()).isEqualTo(20L * glyphs + 6L);
        assertThat(first(EditKind.STYLE, EmojiStyle.NOTO, "red apple", "red apple", EmojiStyle.FLAT))
                .startsWith("in flat style")
                .contains("in fluent style");
    }

    @Test
    void tonesGendersColoursAndClocksStayInTheirStyle() {
        assertThat(labels(EditKind.TONE))
                .containsExactlyInAnyOrder(
                        "waving hand -> waving hand: light skin tone",
                        "waving hand -> waving hand: dark skin tone",
                        "waving hand: light skin tone -> waving hand",
                        "waving hand: light skin tone -> waving hand: dark skin tone",
                        "waving hand: dark skin tone -> waving hand",
                        "waving hand: dark skin tone -> waving hand: light skin tone",
                        "woman police officer -> woman police officer: dark skin tone",
                        "woman police officer: dark skin tone -> woman police officer");
        assertThat(labels(EditKind.GENDER))
                .contains("man -> woman", "police officer -> woman police officer")
                .hasSize(8);
        assertThat(labels(EditKind.COLOUR))
                .contains("red heart -> blue heart", "blue heart -> light blue heart", "green apple -> red apple")
                .hasSize(8);
        assertThat(labels(EditKind.CLOCK))
                .contains("three-thirty -> twelve o’clock")
                .hasSize(6);
    }

    @Test
    void instructionsSayWhatTheTargetShows() {
        assertThat(first(EditKind.TONE, "waving hand", "waving hand: dark skin tone"))
                .startsWith("dark skin tone");
        assertThat(first(EditKind.TONE, "waving hand: dark skin tone", "waving hand"))
                .startsWith("default skin tone");
        assertThat(first(EditKind.GENDER, "man", "woman")).startsWith("as a woman");
        assertThat(first(EditKind.GENDER, "man police officer", "police officer"))
                .startsWith("as a person");
        assertThat(first(EditKind.COLOUR, "red heart", "light blue heart")).startsWith("make it light blue");
        assertThat(first(EditKind.CLOCK, "three-thirty", "twelve o’clock"))
                .startsWith("show twelve o'clock", "show 12 o'clock")
                .contains("set it to 12:00");
    }

    @Test
    void whatLooksTheSameIsNoEdit() {
        var same = pictures.stream()
                .filter(picture -> picture.style() == EmojiStyle.BLOB)
                .map(picture -> new RenderedEmoji(
                        picture.glyph(),
                        picture.style(),
                        picture.file(),
                        picture.glyph().label().matches("(man )?police officer") ? "twin" : picture.sha256(),
                        picture.colour()))
                .toList();

        assertThat(new EditPairs(same).of(EditKind.GENDER).map(EditPairsTest::label))
                .as("the blob without gender is drawn as a man, so it is neither source nor target")
                .containsExactlyInAnyOrder(
                        "man -> woman",
                        "woman -> man",
                        "man police officer -> woman police officer",
                        "woman police officer -> man police officer");
    }

    private List<String> labels(EditKind kind) {
        return pairs.of(kind)
                .filter(pair -> pair.source().style() == EmojiStyle.TWEMOJI)
                .peek(pair -> assertThat(pair.target().style()).isEqualTo(EmojiStyle.TWEMOJI))
                .map(EditPairsTest::label)
                .toList();
    }

    private static String label(EditPair pair) {
        return pair.source().glyph().label() + " -> " + pair.target().glyph().label();
    }

    private List<String> first(EditKind kind, String source, String target) {
        return first(kind, EmojiStyle.NOTO, source, target, EmojiStyle.NOTO);
    }

    private List<String> first(EditKind kind, EmojiStyle style, String source, String target, EmojiStyle targetStyle) {
        return pairs
                .of(kind)
                .filter(pair -> pair.source().style() == style
                        && pair.target().style() == targetStyle
                        && label(pair).equals(source + " -> " + target))
                .findFirst()
                .map(EditInstructions::of)
                .orElseThrow()
                .stream()
                .map(WeightedText::text)
                .toList();
    }
}
