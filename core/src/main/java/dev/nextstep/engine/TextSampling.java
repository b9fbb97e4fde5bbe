package dev.nextstep.engine;

import java.util.Arrays;
import java.util.Set;

/**
 * How text tokens are chosen from logits.
 *
 * @param maxTokens most tokens to write, 1 to 1 000 000
 * @param temperature 0 for the most likely token; more spreads the choice, up to 100
 * @param topK only the k most likely tokens; 0 for all
 * @param topP only the most likely tokens that together have this probability, 0 &lt; topP ≤ 1; 1 for all
 * @param seed of the random choices
 * @param stops ids that end the text and are not part of it
 * @param forbidden ids that are never chosen
 */
public record TextSampling(
        int maxTokens, float temperature, int topK, float topP, long seed, Set<Integer> stops, Set<Integer> forbidden) {

    public TextSampling {
        if (maxTokens < 1 || maxTokens > 1_000_000) {
            throw new IllegalArgumentException("max tokens must be between 1 and 1000000, not " + maxTokens);
        }
        if (!(temperature >= 0 && temperature <= 100)) {
            throw new IllegalArgumentException("temperature must be between 0 (greedy) and 100, not " + temperature);
        }
        if (topK < 0) {
            throw new IllegalArgumentException("top-k must be 0 (all) or more, not " + topK);
        }
        if (!(topP > 0 && topP <= 1)) {
            throw new IllegalArgumentException("top-p must be above 0 and at most 1 (all), not " + topP);
        }
        stops = Set.copyOf(stops);
        forbidden = Set.copyOf(forbidden);
    }

    /** The most likely token each time, without stops. */
    public static TextSampling greedy(int maxTokens) {
        return new TextSampling(maxTokens, 0, 0, 1, 0, Set.of(), Set.of());
    }

    /** The same with other stops. */
    public TextSampling withStops(Set<Integer> newStops) {
        return new TextSampling(maxTokens, temperature, topK, topP, seed, newStops, forbidden);
    }

    /** The same with other forbidden ids. */
    public TextSampling withForbidden(Set<Integer> newForbidden) {
        return new TextSampling(maxTokens, temperature, topK, topP, seed, stops, newForbidden);
    }

    /**
     * Chooses a token: temperature, then top-k, then top-p, as is usual in the field.
     *
     * @param logits [vocab]; not changed
     * @param step index of the token in its text; with the seed it decides the random number
     */
    int choose(float[] logits, int step) {
        float[] scores = logits.clone();
        for (int id : forbidden) {
            if (id >= 0 && id < scores.length) {
                scores[id] = Float.NEGATIVE_INFINITY;
            }
        }
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            if (scores[i] > scores[best]) {
                best = i;
            }
        }
        if (temperature == 0) {
            return best;
        }
        var order = new long[scores.length]; // score and id in one number: ascending is best first, then by id
        for (int i = 0; i < scores.length; i++) {
            int bits = Float.floatToIntBits(scores[i]);
            int ascending = bits ^ ((bits >> 31) & 0x7fffffff);
            order[i] = ((long) ~ascending << 32) | i;
        }
        Arrays.sort(order);
        int candidates = topK == 0 ? order.length : Math.min(topK, order.length);
        var weights = new double[candidates];
        double sum = 0;
        for (int i = 0; i < candidates; i++) {
            weights[i] = StrictMath.exp(((double) scores[(int) order[i]] - scores[best]) / temperature);
            sum += weights[i];
        }
        double kept = 0;
        int count = 0;
        while (count < candidates && (count == 0 || kept < topP * sum)) {
            kept += weights[count++];
        }
        double point = new SeededNoise(seed).uniform(step) * kept;
        for (int i = 0; i < count; i++) {
            point -= weights[i];
            if (point < 0) {
                return (int) order[i];
            }
        }
        return (int) order[count - 1];
    }
}
