package dev.nextstep.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TextSamplingTest {
    private static final float[] LOGITS = {-2f, 1f, 3f, 0.5f, -0f, 2f, Float.NEGATIVE_INFINITY};

    @Test
    void greedyTakesTheFirstOfTheLargest() {
        assertThat(TextSampling.greedy(1).choose(new float[] {1, 4, 4, -1}, 0)).isEqualTo(1);
        assertThat(TextSampling.greedy(1).withForbidden(Set.of(1, 2)).choose(new float[] {1, 4, 4, -1}, 0))
                .isZero();
    }

    @Test
    void frequenciesFollowTheSoftmax() {
        float temperature = 1.3f;
        var counts = counts(temperature, 0, 1);
        double sum = 0;
        for (float l : LOGITS) {
            sum += Math.exp(l / temperature);
        }
        for (int i = 0; i < LOGITS.length; i++) {
            assertThat(counts[i] / 20_000.0)
                    .as("token %d", i)
                    .isCloseTo(Math.exp(LOGITS[i] / temperature) / sum, within(0.015));
        }
    }

    @Test
    void topKAndTopPKeepTheLikeliestOnly() {
        assertThat(chosen(counts(1, 2, 1))).containsExactly(2, 5);
        // probabilities: 2: .62, 5: .23, 1: .08, 3: .05 …
        assertThat(chosen(counts(1, 0, 0.6f))).containsExactly(2);
        assertThat(chosen(counts(1, 0, 0.8f))).containsExactly(2, 5);
        assertThat(chosen(counts(1, 0, 0.9f))).containsExactly(1, 2, 5);
        assertThat(chosen(counts(1, 1, 1))).containsExactly(2);
    }

    @Test
    void negativeLogitsAreOrderedToo() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            var logits = new float[50];
            int best = 0;
            for (int k = 0; k < logits.length; k++) {
                logits[k] = (float) random.nextGaussian() * 5 - (i % 2) * 40;
                best = logits[k] > logits[best] ? k : best;
            }
            var top = new TextSampling(1, 0.7f, 1, 1, i, Set.of(), Set.of());
            assertThat(top.choose(logits, i)).as("seed %d, case %d", seed, i).isEqualTo(best);
        }
    }

    @Test
    void saysWhichRangeIsAllowed() {
        assertThatThrownBy(() -> new TextSampling(0, 0, 0, 1, 0, Set.of(), Set.of()))
                .hasMessageContaining("between 1");
        assertThatThrownBy(() -> new TextSampling(1, Float.NaN, 0, 1, 0, Set.of(), Set.of()))
                .hasMessageContaining("temperature");
        assertThatThrownBy(() -> new TextSampling(1, 0, -1, 1, 0, Set.of(), Set.of()))
                .hasMessageContaining("top-k");
        assertThatThrownBy(() -> new TextSampling(1, 0, 0, 0, 0, Set.of(), Set.of()))
                .hasMessageContaining("top-p");
    }

    private static int[] counts(float temperature, int topK, float topP) {
        var sampling = new TextSampling(1, temperature, topK, topP, 9, Set.of(), Set.of());
        var counts = new int[LOGITS.length];
        for (int i = 0; i < 20_000; i++) {
            counts[sampling.choose(LOGITS, i)]++;
        }
        return counts;
    }

    private static java.util.List<Integer> chosen(int[] counts) {
        return java.util.stream.IntStream.range(0, counts.length)
                .filter(i -> counts[i] > 0)
                .boxed()
                .toList();
    }
}
