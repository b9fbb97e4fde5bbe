package dev.nextstep.data.caption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nextstep.data.KeyedRandom;
import dev.nextstep.data.SampleKind;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TagAugmentationTest {
    private static final int DRAWS = 6000;

    private static Map<String, Double> shares(TagAugmentation augmentation, SampleKind kind, String caption) {
        var shares = new HashMap<String, Double>();
        for (int i = 0; i < DRAWS; i++) {
            shares.merge(augmentation.apply(kind, caption, new KeyedRandom(7, i)), 1.0 / DRAWS, Double::sum);
        }
        return shares;
    }

    private static void assertShares(Map<String, Double> actual, Map<String, Double> expected) {
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.forEach((text, share) -> assertThat(actual.get(text)).as(text).isCloseTo(share, within(0.02)));
    }

    @Test
    void editsWithTwoMarks() {
        assertShares(
                shares(new TagAugmentation(0, 0.6, 1, 1), SampleKind.EDIT, "<image_0>blue<image_1>"),
                Map.of(
                        "<image_0>blue<image_1>", 0.4,
                        "blue<image_1>", 0.2,
                        "<image_0><image_1>", 0.2,
                        "<image_1>", 0.2));
        assertShares(
                shares(new TagAugmentation(0.1, 0, 0, 0), SampleKind.EDIT, "<image_0>blue<image_1>"),
                Map.of("<image_0>blue<image_1>", 0.9, "blue<image_0><image_1>", 0.1));
    }

    @Test
    void editsWithThreeMarks() {
        assertShares(
                shares(new TagAugmentation(0, 1, 0.5, 0), SampleKind.EDIT, "<image_0>in<image_1>is<image_2>"),
                Map.of(
                        "<image_0>in<image_1>is<image_2>", 0.5,
                        "in<image_1>is<image_2>", 0.15,
                        "<image_0>inis<image_2>", 0.35));
    }

    @Test
    void otherKinds() {
        assertShares(
                shares(TagAugmentation.OFFICIAL, SampleKind.INTERLEAVED, "a<image_0>b<image_1>"),
                Map.of("a<image_0>b<image_1>", 0.9, "<image_0><image_1>", 0.1));
        assertShares(
                shares(new TagAugmentation(1, 1, 1, 1), SampleKind.IMAGE_TEXT, "a <image_0>"),
                Map.of("a <image_0>", 1.0));
        assertShares(
                shares(TagAugmentation.NONE, SampleKind.EDIT, "<image_0>b<image_1>"),
                Map.of("<image_0>b<image_1>", 1.0));
        assertThatThrownBy(() -> new TagAugmentation(0, 1.5, 0, 0)).hasMessageContaining("0..1");
    }
}
