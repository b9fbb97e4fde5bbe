package dev.nextstep.data.vocabulary;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/** The words as rows of tokens, with a count of every pair of neighbours that is kept up to date. */
final class PairCorpus {
    private static final Comparator<Counted> MOST_FIRST =
            Comparator.comparingLong(Counted::count).reversed().thenComparing(Counted::pair);

    private final List<int[]> words = new ArrayList<>();
    private final List<Long> weights = new ArrayList<>();
    private final Map<TokenPair, Long> counts = new HashMap<>();
    /** Words in which a pair stands or once stood. */
    private final Map<TokenPair, BitSet> places = new HashMap<>();
    /** Every count that a pair has had since it last was looked at; entries that no longer hold are passed over. */
    private final PriorityQueue<Counted> queue = new PriorityQueue<>(MOST_FIRST);

    private record Counted(long count, TokenPair pair) {}

    void add(int[] word, long weight, MergedTokens tokens) {
        words.add(word);
        weights.add(weight);
        count(words.size() - 1, weight, tokens);
    }

    private void count(int index, long weight, MergedTokens tokens) {
        int[] word = words.get(index);
        for (int i = 1; i < word.length; i++) {
            if (tokens.mayMerge(word[i - 1], word[i])) {
                var pair = new TokenPair(word[i - 1], word[i]);
                long now = counts.merge(pair, weight, Math::addExact);
                if (weight > 0) {
                    places.computeIfAbsent(pair, p -> new BitSet()).set(index);
                }
                queue.add(new Counted(now, pair));
            }
        }
    }

    /** The pair that occurs most, if one occurs often enough. */
    Optional<TokenPair> mostFrequent(long leastCount) {
        while (!queue.isEmpty()) {
            var top = queue.poll();
            if (top.count() < leastCount) {
                queue.clear(); // what follows is rarer, and counts only fall but by new pairs, which come in anew
                return Optional.empty();
            }
            if (counts.getOrDefault(top.pair(), 0L) == top.count()) {
                return Optional.of(top.pair());
            }
        }
        return Optional.empty();
    }

    void merge(TokenPair pair, int merged, MergedTokens tokens) {
        var affected = places.remove(pair);
        if (affected == null) {
            throw new IllegalStateException("the pair " + pair + " stands nowhere");
        }
        affected.stream().forEach(index -> {
            int[] before = words.get(index);
            int[] after = replaced(before, pair, merged);
            if (after.length < before.length) {
                long weight = weights.get(index);
                count(index, -weight, tokens);
                words.set(index, after);
                count(index, weight, tokens);
            }
        });
        counts.remove(pair);
    }

    private static int[] replaced(int[] word, TokenPair pair, int merged) {
        var out = new int[word.length];
        int length = 0;
        for (int i = 0; i < word.length; i++) {
            if (i + 1 < word.length && word[i] == pair.left() && word[i + 1] == pair.right()) {
                out[length++] = merged;
                i++;
            } else {
                out[length++] = word[i];
            }
        }
        return java.util.Arrays.copyOf(out, length);
    }
}
