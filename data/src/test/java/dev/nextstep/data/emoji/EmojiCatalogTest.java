package dev.nextstep.data.emoji;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EmojiCatalogTest {
    private final Map<String, Glyph> glyphs = EmojiFixture.byLabel();

    @Test
    void aGlyphKnowsWhatItVaries() {
        var officer = glyph("woman police officer: dark skin tone");

        assertThat(officer.hexcode()).isEqualTo("1f46e-1f3ff-200d-2640");
        assertThat(officer.base()).isEqualTo("1f46e");
        assertThat(officer.tones()).containsExactly(SkinTone.DARK);
        assertThat(officer.gender()).contains(Gender.FEMALE);
        assertThat(officer.form()).isEqualTo(GlyphForm.TONE);
        assertThat(officer.tags()).containsExactly("law");
        assertThat(glyph("man: red hair").base()).isEqualTo("1f468");
        assertThat(glyph("man: red hair").form()).isEqualTo(GlyphForm.HAIR);
        assertThat(glyph("man police officer").form()).isEqualTo(GlyphForm.GENDER);
        assertThat(glyph("flag: Germany").form()).isEqualTo(GlyphForm.FLAG);
        assertThat(glyph("regional indicator D").form()).isEqualTo(GlyphForm.COMPONENT);
        assertThat(glyph("red apple").form()).isEqualTo(GlyphForm.BASE);
        assertThat(glyph("red heart").hexcode()).isEqualTo("2764");
        assertThat(glyph("man").gender()).contains(Gender.MALE);
        assertThat(glyph("police officer").gender()).isEqualTo(Optional.empty());
    }

    @Test
    void aliasesAreEnglishAndMeanOneGlyph() {
        assertThat(glyph("police officer").aliases())
                .as("'law officer' is made of words of the data")
                .containsExactly("law officer", "law");
        assertThat(glyph("waving hand").aliases())
                .as("'wave' is no word of the data")
                .isEmpty();
        assertThat(glyph("red apple").aliases())
                .as("'apple' is part of another label, 'red apple' is its own")
                .isEmpty();
        assertThat(glyph("banana").aliases()).isEmpty();
    }

    @Test
    void joinsByCodePointOrByLabel() {
        var root = EmojiFixture.MAPPER.createObjectNode();
        EmojiFixture.icon(root, "some-fruit", "<path/>");
        EmojiFixture.icon(root, "unknown-thing", "<path/>");
        root.put("width", 36).put("height", 30);
        root.withObject("/aliases").putObject("yellow-fruit").put("parent", "some-fruit");
        root.withObject("/aliases")
                .putObject("turned-fruit")
                .put("parent", "some-fruit")
                .put("hFlip", true);
        var chars = EmojiFixture.json("{\"1f34c-fe0f\": \"yellow-fruit\", \"1f34e\": \"turned-fruit\"}");

        var join = IconJoin.of(EmojiStyle.NOTO, EmojiFixture.glyphs(), IconSet.parse(root, chars));

        assertThat(join.icons().keySet()).containsExactly("1f34c");
        assertThat(icon(join, "1f34c")).isEqualTo(new Icon("some-fruit", "<path/>", 36, 30));
        assertThat(join.report()).isEqualTo(new JoinReport.Style(2, 1, List.of("unknown-thing")));
    }

    @Test
    void olderNamesAreKnownAndFalseFriendsLeftOut() {
        var root = EmojiFixture.MAPPER.createObjectNode();
        for (var name : List.of("grinning-cat-face", "cricket", "cricket-game", "three-o-clock", "flag-for-germany")) {
            EmojiFixture.icon(root, name, "<path/>");
        }

        var join = IconJoin.of(
                EmojiStyle.EMOJIONE,
                EmojiFixture.glyphs(),
                IconSet.parse(root, EmojiFixture.MAPPER.createObjectNode()));

        assertThat(icon(join, "1f63a").name()).isEqualTo("grinning-cat-face");
        assertThat(icon(join, "1f1e9-1f1ea").name()).isEqualTo("flag-for-germany");
        assertThat(join.icons())
                .as("the old 'cricket' is the game")
                .doesNotContainKey("1f997")
                .containsKey("1f3cf");
        assertThat(join.icons()).as("the apostrophe is no hyphen").doesNotContainKey("1f552");
        assertThat(IconJoin.slug("three o’clock")).isEqualTo("three-oclock");
        assertThat(IconJoin.slug("piñata & “Co.”")).isEqualTo("pinata-and-co");
    }

    @Test
    void subsetsHoldWhatTheySay() {
        assertThat(EmojiFixture.glyphs().values().stream().filter(GlyphSubset.BASE.test()))
                .extracting(Glyph::label)
                .contains("red apple", "man", "locked", "three-thirty")
                .doesNotContain("waving hand: dark skin tone", "flag: Germany", "man police officer", "man: red hair");
        assertThat(Tables.rows("core-glyphs.tsv")).hasSizeBetween(350, 450);
    }

    private Glyph glyph(String label) {
        return Objects.requireNonNull(glyphs.get(label), label);
    }

    private static Icon icon(IconJoin join, String code) {
        return Objects.requireNonNull(join.icons().get(code), code);
    }
}
