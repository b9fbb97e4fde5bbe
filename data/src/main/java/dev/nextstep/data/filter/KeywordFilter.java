package dev.nextstep.data.filter;

import dev.nextstep.data.KeyedRandom;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Drops samples whose caption contains one of some words, whatever their case, with a probability that a seed and the
 * caption decide (spec §8.7).
 *
 * @param keywords the words; at least one
 * @param dropProbability 0 to 1
 * @param seed of the decision
 */
public record KeywordFilter(List<String> keywords, double dropProbability, long seed) implements Filter {
    /** Copies the list and checks the range. */
    public KeywordFilter {
        keywords = keywords.stream().map(w -> w.toLowerCase(Locale.ROOT)).toList();
        if (keywords.isEmpty() || keywords.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("keywords: at least one word, and none empty; got " + keywords);
        }
        if (!(dropProbability >= 0 && dropProbability <= 1)) {
            throw new IllegalArgumentException("drop probability must be in 0..1, got " + dropProbability);
        }
    }

    @Override
    public String name() {
        return "keywords";
    }

    @Override
    public String rule() {
        return "no %s in the caption%s"
                .formatted(
                        String.join(", ", keywords),
                        dropProbability < 1 ? " (drops %s of them)".formatted(dropProbability) : "");
    }

    /** Measures how many of the words are there. */
    @Override
    public Verdict judge(Candidate candidate) {
        String caption = candidate.sample().caption();
        String low = caption.toLowerCase(Locale.ROOT);
        int found = (int) keywords.stream().filter(low::contains).count();
        boolean drop = found > 0 && new KeyedRandom(seed, KeyedRandom.of(caption)).nextDouble() < dropProbability;
        return new Verdict(!drop, OptionalDouble.of(found));
    }
}
