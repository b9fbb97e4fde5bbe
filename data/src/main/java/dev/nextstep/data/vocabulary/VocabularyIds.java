package dev.nextstep.data.vocabulary;

import dev.nextstep.prompt.SpecialTokens;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a model's {@code config.json} must say about its vocabulary.
 *
 * @param size tokens of the vocabulary, special ones included; their ids are 0 to size − 1
 * @param special ids of the special tokens; there is no bos
 */
public record VocabularyIds(int size, SpecialTokens special) {
    /** Embedding rows come in multiples of this, as matrix products like them. */
    private static final int ROWS_MULTIPLE = 64;

    /** Rows of the embedding and of the LM head: the size, rounded up to a multiple of 64. */
    public int embeddingRows() {
        return (size + ROWS_MULTIPLE - 1) / ROWS_MULTIPLE * ROWS_MULTIPLE;
    }

    /**
     * Entries of {@code config.json} by the official names, in alphabetical order. {@code bos_token_id} repeats eos, as
     * in the official files: nothing uses it, but transformers wants one.
     */
    public Map<String, Integer> configEntries() {
        var entries = new LinkedHashMap<String, Integer>();
        entries.put("boi", special.beginOfImage());
        entries.put("bos_token_id", special.eos());
        entries.put("eoi", special.endOfImage());
        entries.put("eos_token_id", special.eos());
        entries.put("image_placeholder_id", special.imagePlaceholder());
        entries.put("pad_token_id_added", special.pad());
        entries.put("vocab_size", embeddingRows());
        return entries;
    }
}
