package dev.nextstep.data.vocabulary;

import dev.nextstep.prompt.SpecialTokens;
import dev.nextstep.prompt.TextTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A learned vocabulary. Ids are places in {@code tokens}; the special tokens follow behind them.
 *
 * @param tokens tokens in the byte-level alphabet: first the 256 bytes with Qwen's ids, then those that merges made
 * @param merges which two tokens merge, the first learned first
 * @param settings what was asked for
 */
public record BpeVocabulary(List<String> tokens, List<Merge> merges, VocabularySettings settings) {
    /**
     * One merge.
     *
     * @param left the earlier token, in the byte-level alphabet
     * @param right the token behind it
     */
    public record Merge(String left, String right) {}

    /** Copies the lists. */
    public BpeVocabulary {
        tokens = List.copyOf(tokens);
        merges = List.copyOf(merges);
    }

    /** Number of tokens, special ones included; below the settings' size where the texts had no more pairs. */
    public int size() {
        return tokens.size() + SpecialTokenNames.ALL.size();
    }

    /**
     * Writes the tokenizer's files into a model directory: {@code tokenizer.json}, {@code vocab.json},
     * {@code merges.txt}, {@code added_tokens.json}, {@code special_tokens_map.json}, {@code tokenizer_config.json}. Each
     * replaces the file of its name in one step; other files of the directory stay. Then the directory is opened as the
     * model would open it.
     *
     * @param directory made if it does not exist
     * @return the ids that belong in the model's {@code config.json}
     * @throws IOException if a file cannot be written
     */
    public VocabularyIds write(Path directory) throws IOException {
        TokenizerFiles.write(this, directory);
        var tokenizer = TextTokenizer.read(directory);
        return new VocabularyIds(tokenizer.size(), SpecialTokens.find(tokenizer));
    }
}
