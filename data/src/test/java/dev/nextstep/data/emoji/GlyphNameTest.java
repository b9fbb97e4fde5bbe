package dev.nextstep.data.emoji;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlyphNameTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            red apple                            | red apple                              | a red apple
            grapes                               | grapes                                 | grapes
            waving hand: dark skin tone          | waving hand, dark skin tone            | a waving hand with dark skin tone
            man: red hair                        | man, red hair                          | a man with red hair
            flag: Germany                        | flag of germany                        | the flag of germany
            keycap: 3                            | keycap 3                               | the keycap 3 emoji
            three o’clock                        | three o'clock                          | the three o'clock emoji
            locked                               | locked                                 | the locked emoji
            """)
    void labelsBecomeWords(String label, String plain, String phrase) {
        var glyph = Objects.requireNonNull(EmojiFixture.byLabel().get(label), label);

        var name = GlyphName.of(glyph);

        assertThat(name.plain()).isEqualTo(plain);
        assertThat(name.phrase()).isEqualTo(phrase);
    }

    @ParameterizedTest
    @CsvSource({
        "apple, an apple",
        "unicorn, a unicorn",
        "umbrella, an umbrella",
        "euro banknote, a euro banknote",
        "ewe, a ewe",
        "eye, an eye",
        "hourglass, an hourglass",
        "x-ray, an x-ray",
        "one-piece swimsuit, a one-piece swimsuit",
        "octopus, an octopus",
        "yo-yo, a yo-yo"
    })
    void articlesFollowTheSound(String noun, String expected) {
        assertThat(GlyphName.withArticle(noun)).isEqualTo(expected);
    }

    @Test
    void coloursAreNamedOnlyWhereNobodyElseSpeaksOfThem() {
        assertThat(captions("banana", ColourName.YELLOW)).contains("a yellow banana", "a yellow banana, noto style");
        assertThat(captions("red apple", ColourName.GREEN)).noneMatch(text -> text.contains("green"));
        assertThat(captions("grapes", ColourName.PURPLE)).as("no article").noneMatch(text -> text.contains("purple"));
        assertThat(captions("waving hand", ColourName.YELLOW)).noneMatch(text -> text.contains("yellow"));
    }

    @Test
    void clocksTellTheTime() {
        assertThat(captions("three-thirty", ColourName.GREY))
                .contains("three-thirty, noto style", "a clock showing half past three", "a clock at 3:30, noto style")
                .allSatisfy(CaptionRules::check);
    }

    private static List<String> captions(String label, ColourName colour) {
        var glyph = Objects.requireNonNull(EmojiFixture.byLabel().get(label), label);
        var picture =
                new RenderedEmoji(glyph, EmojiStyle.NOTO, java.nio.file.Path.of("none"), "0", Optional.of(colour));
        return new PictureCaptions(1, new CommonTags(List.of(picture)))
                .of(picture).stream().map(WeightedText::text).toList();
    }
}
