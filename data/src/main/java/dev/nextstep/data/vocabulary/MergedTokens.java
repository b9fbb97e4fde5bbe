package dev.nextstep.data.vocabulary;

import dev.nextstep.prompt.ByteLevelWords;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tokens so far and how they came about. */
final class MergedTokens {
    private static final String ALONE = "0123456789*";

    private final List<String> spellings = new ArrayList<>(ByteLevelWords.alphabet());
    private final Map<String, Integer> ids = new HashMap<>();
    private final List<BpeVocabulary.Merge> merges = new ArrayList<>();
    private final Set<TokenPair> merged = new HashSet<>();

    MergedTokens() {
        for (int id = 0; id < spellings.size(); id++) {
            ids.put(spellings.get(id), id);
        }
    }

    int size() {
        return spellings.size();
    }

    List<String> spellings() {
        return spellings;
    }

    List<BpeVocabulary.Merge> merges() {
        return merges;
    }

    int[] bytesOf(String word) {
        return word.chars()
                .map(c -> ids.getOrDefault(String.valueOf((char) c), -1))
                .toArray();
    }

    /** Whether the two may become one token: signs that stand alone are bytes, so it is enough to look at those. */
    boolean mayMerge(int left, int right) {
        return !ALONE.contains(spellings.get(left)) && !ALONE.contains(spellings.get(right));
    }

    /**
     * Records the merge. The id is an old one where another merge has made the same token already ({@code aa + aaa} and
     * {@code aaaa + a}); through such a token a pair that was merged everywhere can stand again, and stays one merge.
     */
    int merge(TokenPair pair) {
        String left = spellings.get(pair.left());
        String right = spellings.get(pair.right());
        if (merged.add(pair)) {
            merges.add(new BpeVocabulary.Merge(left, right));
        }
        return ids.computeIfAbsent(left + right, token -> {
            spellings.add(token);
            return spellings.size() - 1;
        });
    }
}
