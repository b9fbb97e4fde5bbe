package dev.nextstep.data.vocabulary;

import dev.nextstep.prompt.ByteLevelWords;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Learns byte-level BPE from texts: again and again the pair of neighbouring tokens that occurs most becomes a token
 * (Sennrich, Haddow and Birch, 2016). Texts are cut into words as the Qwen2 tokenizer cuts them, so merges never cross a
 * word.
 *
 * <p>The result depends on the texts and their weights alone, not on their order: of pairs that occur equally often the
 * one with the smaller left id wins, then the one with the smaller right id. {@code *} and the digits never merge: sizes
 * stand in prompts as {@code 32*32}, and a model can only generalise over them if each sign is one token (spec §1.3).
 *
 * <p>Not thread-safe.
 */
public final class BpeTrainer {
    private final Map<String, Long> words = new TreeMap<>();

    /**
     * Adds a text.
     *
     * @param text any string
     * @param weight how often it counts, at least 1
     * @return this
     * @throws IllegalArgumentException if the weight is below 1
     */
    public BpeTrainer add(String text, long weight) {
        return add(new WeightedText(text, weight));
    }

    /** Adds every text of a stream. */
    public BpeTrainer addAll(Stream<WeightedText> texts) {
        texts.forEachOrdered(this::add);
        return this;
    }

    private BpeTrainer add(WeightedText text) {
        for (String word : ByteLevelWords.of(text.text())) {
            words.merge(word, text.weight(), Math::addExact);
        }
        return this;
    }

    /**
     * Learns the vocabulary from what was added. May be called again, also after more texts.
     *
     * @throws ArithmeticException if a pair occurs more than 2⁶³ − 1 times, weights counted
     */
    public BpeVocabulary train(VocabularySettings settings) {
        var tokens = new MergedTokens();
        var corpus = new PairCorpus();
        words.forEach((word, weight) -> corpus.add(tokens.bytesOf(word), weight, tokens));
        int most = settings.size() - SpecialTokenNames.ALL.size();
        while (tokens.size() < most) {
            var best = corpus.mostFrequent(settings.leastCount());
            if (best.isEmpty()) {
                break;
            }
            var pair = best.get();
            corpus.merge(pair, tokens.merge(pair), tokens);
        }
        return new BpeVocabulary(tokens.spellings(), tokens.merges(), settings);
    }
}
