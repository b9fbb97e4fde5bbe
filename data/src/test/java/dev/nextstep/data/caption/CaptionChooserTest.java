package dev.nextstep.data.caption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nextstep.data.KeyedRandom;
import dev.nextstep.data.Sample;
import dev.nextstep.data.SampleKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaptionChooserTest {
    private static final int DRAWS = 4000;

    private static Sample sample(String caption, Map<String, Object> fields) {
        return new Sample("k", SampleKind.TEXT, caption, List.of(), fields);
    }

    private static CaptionSettings keys(CaptionKey... keys) {
        return new CaptionSettings(List.of(keys), Capitalization.NONE, 0, List.of(), 0);
    }

    private static Map<String, Double> shares(CaptionSettings settings, Sample sample) {
        var chooser = new CaptionChooser(settings);
        var shares = new HashMap<String, Double>();
        for (int i = 0; i < DRAWS; i++) {
            shares.merge(chooser.choose(sample, new KeyedRandom(i)).orElse(""), 1.0 / DRAWS, Double::sum);
        }
        return shares;
    }

    private static void assertShares(Map<String, Double> actual, Map<String, Double> expected) {
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.forEach((text, share) -> assertThat(actual.get(text)).as(text).isCloseTo(share, within(0.04)));
    }

    @Test
    void keysByRatioAmongThoseThatAreThere() {
        var settings = keys(CaptionKey.of("caption", 1), CaptionKey.of("caption_all", 3), CaptionKey.of("missing", 50));
        assertShares(
                shares(settings, sample("short", Map.of("caption_all", "long"))), Map.of("short", 0.25, "long", 0.75));
        assertShares(shares(settings, sample("short", Map.of())), Map.of("short", 1.0));
    }

    @Test
    void nestedKeys() {
        var settings = keys(new CaptionKey(List.of("caption_all", "subject_driven"), 1));
        assertShares(
                shares(settings, sample("x", Map.of("caption_all", Map.of("subject_driven", "y", "other", "z")))),
                Map.of("y", 1.0));
        assertShares(shares(settings, sample("x", Map.of("caption_all", "text"))), Map.of("x", 1.0));
    }

    @Test
    void severalTexts() {
        assertShares(
                shares(CaptionSettings.DEFAULT, sample("x", Map.of("captions", List.of("a", "b")))),
                Map.of("a", 0.5, "b", 0.5));
        assertShares(
                shares(
                        CaptionSettings.DEFAULT,
                        sample(
                                "x",
                                Map.of(
                                        "captions",
                                        List.of(
                                                Map.of("text", "a", "weight", 3),
                                                Map.of("text", "b"),
                                                Map.of("text", "c", "weight", 0))))),
                Map.of("a", 0.75, "b", 0.25));
        assertShares(
                shares(CaptionSettings.DEFAULT, sample("x", Map.of("captions", Map.of("a", 1, "b", 4)))),
                Map.of("a", 0.2, "b", 0.8));
        assertShares(
                shares(CaptionSettings.DEFAULT, sample("x", Map.of("captions", Map.of("short", "a", "long", "b")))),
                Map.of("a", 0.5, "b", 0.5));
        assertShares(shares(CaptionSettings.DEFAULT, sample("x", Map.of("captions", List.of()))), Map.of("x", 1.0));
        assertShares(
                shares(CaptionSettings.DEFAULT, sample("a", Map.of("caption", List.of("a", "b")))),
                Map.of("a", 0.5, "b", 0.5));
        assertThat(new CaptionChooser(CaptionSettings.DEFAULT).choose(sample(" ", Map.of()), new KeyedRandom(0)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "The image depicts a red fox.|a red fox.",
                "the image consists of two Foxes|two Foxes",
                "In this image, NASA is written|NASA is written",
                "The image|The image",
                "The image shows |The image shows",
                "Imagine the image shows a fox|Imagine the image shows a fox",
                "这张图片展示了一只猫|一只猫",
                "图中显示了一只猫|一只猫",
                "图书馆是蓝色的|图书馆是蓝色的",
            })
    void leadIns(String text, String expected) {
        assertThat(LeadIns.remove(text)).isEqualTo(expected);
        var chooser = new CaptionChooser(keys(CaptionKey.of("caption_all", 1)));
        assertThat(chooser.choose(sample("", Map.of("caption_all", text)), new KeyedRandom(0)))
                .contains(expected);
        assertThat(new CaptionChooser(keys(CaptionKey.of("caption", 1)))
                        .choose(sample(text, Map.of()), new KeyedRandom(0)))
                .contains(text);
    }

    @Test
    void capitals() {
        assertThat(Capitalization.FIRST_LETTER.apply("éclair by NASA")).isEqualTo("Éclair by NASA");
        assertThat(Capitalization.FIRST_LETTER_REST_SMALL.apply("a sign: STOP")).isEqualTo("A sign: stop");
        assertThat(Capitalization.NONE.apply("a")).isEqualTo("a");
        var half = new CaptionSettings(List.of(), Capitalization.FIRST_LETTER, 0.5, List.of(), 0);
        assertShares(shares(half, sample("aB", Map.of())), Map.of("aB", 0.5, "AB", 0.5));
    }

    @Test
    void templatesAreForCaptionedPictures() {
        var settings = new CaptionSettings(List.of(), Capitalization.NONE, 0, List.of("draw {text}!"), 1);
        var picture = new Sample("k", SampleKind.IMAGE_TEXT, "a fox", List.of(), Map.of());
        assertThat(new CaptionChooser(settings).choose(picture, new KeyedRandom(1)))
                .contains("draw a fox!");
        assertThat(new CaptionChooser(settings).choose(sample("a fox", Map.of()), new KeyedRandom(1)))
                .contains("a fox");
        assertThatThrownBy(() -> new CaptionSettings(List.of(), Capitalization.NONE, 0, List.of("draw"), 1))
                .hasMessageContaining("{text}");
    }
}
