package dev.nextstep.data.emoji;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The pinned packages themselves; skipped where they were never fetched. */
class RealCatalogTest {
    private static List<RenderedEmoji> pictures = List.of();

    @BeforeAll
    static void read() {
        pictures = EmojiFixture.realPictures();
    }

    @Test
    void fiveStylesDrawAsMuchAsIsKnown() {
        var counts = new HashMap<EmojiStyle, Integer>();
        pictures.forEach(picture -> counts.merge(picture.style(), 1, Integer::sum));

        assertThat(counts)
                .containsEntry(EmojiStyle.NOTO, 3708)
                .containsEntry(EmojiStyle.TWEMOJI, 3970)
                .containsEntry(EmojiStyle.FLAT, 3138)
                .containsEntry(EmojiStyle.BLOB, 2127)
                .containsEntry(EmojiStyle.EMOJIONE, 1778);
    }

    @Test
    void allStylesDrawTheCore() {
        var core = GlyphSubset.CORE.test();
        var styles = new HashMap<String, Set<EmojiStyle>>();
        pictures.stream()
                .filter(picture -> core.test(picture.glyph()))
                .forEach(picture -> styles.computeIfAbsent(
                                picture.glyph().hexcode(), code -> EnumSet.noneOf(EmojiStyle.class))
                        .add(picture.style()));

        assertThat(styles).hasSameSizeAs(Tables.rows("core-glyphs.tsv"));
        assertThat(styles.values()).allSatisfy(of -> assertThat(of).containsExactly(EmojiStyle.values()));
        var labels = pictures.stream()
                .collect(Collectors.toMap(
                        p -> p.glyph().hexcode(), p -> p.glyph().label(), (a, b) -> a));
        assertThat(Tables.rows("core-glyphs.tsv"))
                .allSatisfy(row -> assertThat(labels).containsEntry(row.getFirst(), row.get(1)));
    }

    @Test
    void captionsAreNeverNonsense() {
        var captions = new PictureCaptions(1, new CommonTags(pictures));
        for (var picture : pictures) {
            var texts = captions.of(picture);
            assertThat(texts.getFirst().text())
                    .isEqualTo(GlyphName.of(picture.glyph()).plain() + ", "
                            + picture.style().word() + " style");
            assertThat(texts.stream().mapToDouble(WeightedText::weight).sum()).isBetween(0.99, 1.01);
            assertThat(texts)
                    .extracting(WeightedText::text)
                    .doesNotHaveDuplicates()
                    .allSatisfy(CaptionRules::check);
        }
    }

    @Test
    void factsAreNeverNonsense() {
        var facts = new GlyphFacts(new CommonTags(pictures));
        var seen = new HashSet<String>();
        for (var picture : pictures) {
            if (seen.add(picture.glyph().hexcode())) {
                assertThat(facts.of(picture.glyph(), List.of(picture)))
                        .isNotEmpty()
                        .allSatisfy(CaptionRules::check);
            }
        }
    }

    @Test
    void thereAreEditsOfEveryKind() {
        var pairs = new EditPairs(pictures);

        assertThat(pairs.of(EditKind.STYLE).count()).isBetween(44_000L, 48_000L);
        assertThat(pairs.of(EditKind.TONE).count()).isBetween(30_000L, 40_000L);
        assertThat(pairs.of(EditKind.GENDER).count()).isBetween(8_000L, 11_000L);
        assertThat(pairs.of(EditKind.COLOUR).count()).isBetween(600L, 1_200L);
        assertThat(pairs.of(EditKind.CLOCK).count()).isEqualTo(5L * 24 * 23);
        for (var kind : EditKind.values()) {
            pairs.of(kind)
                    .limit(3000)
                    .forEach(pair -> assertThat(EditInstructions.of(pair))
                            .isNotEmpty()
                            .extracting(WeightedText::text)
                            .allSatisfy(CaptionRules::check));
        }
    }
}
