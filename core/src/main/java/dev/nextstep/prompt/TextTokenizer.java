package dev.nextstep.prompt;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * Text to token ids and back: byte-level BPE with added tokens, as Qwen2.5 uses it (spec §1.3). Ids equal those of
 * Hugging Face's library for every string.
 *
 * <p>Text is brought into Unicode normal form C, cut into words, and each word's UTF-8 bytes are merged. A surrogate
 * without its partner has no UTF-8 form and counts as U+FFFD. No token is added at the beginning or the end.
 *
 * <p>Thread-safe; words already merged are kept in a cache of bounded size.
 */
public final class TextTokenizer {
    private final TokenizerParts parts;
    private final AddedTokenMatcher givenMatcher;
    private final AddedTokenMatcher normalizedMatcher;
    private final Map<Integer, AddedToken> addedById = new HashMap<>();
    private final Map<String, AddedToken> addedByContent = new HashMap<>();
    private final int size;

    private TextTokenizer(TokenizerParts parts) {
        this.parts = parts;
        this.givenMatcher = new AddedTokenMatcher(only(AddedToken.Text.AS_GIVEN), UnaryOperator.identity());
        this.normalizedMatcher = new AddedTokenMatcher(only(AddedToken.Text.NORMALIZED), this::normalize);
        int tokens = parts.encoder().vocabulary().size();
        for (var token : parts.added()) {
            addedById.put(token.id(), token);
            addedByContent.put(token.content(), token);
            if (parts.encoder().vocabulary().token(token.id()).isEmpty()) {
                tokens++;
            }
        }
        this.size = tokens;
    }

    private List<AddedToken> only(AddedToken.Text kind) {
        return parts.added().stream().filter(t -> t.text() == kind).toList();
    }

    /**
     * Reads a tokenizer.
     *
     * @param modelDirectoryOrFile a {@code tokenizer.json}, or a directory that holds one, or a directory with
     *     {@code vocab.json} and {@code merges.txt} (then {@code added_tokens.json} and {@code tokenizer_config.json}
     *     are read where they exist). {@code tokenizer_config.json} beside it names the beginning-of-text token
     * @throws PromptException if the files are missing, damaged, contradict each other, or describe another kind of
     *     tokenizer; the message names the file
     */
    public static TextTokenizer read(Path modelDirectoryOrFile) {
        boolean isDirectory = Files.isDirectory(modelDirectoryOrFile);
        Path directory = isDirectory
                ? modelDirectoryOrFile
                : modelDirectoryOrFile.toAbsolutePath().getParent();
        Path json = isDirectory ? modelDirectoryOrFile.resolve("tokenizer.json") : modelDirectoryOrFile;
        Map<String, Object> config = Map.of();
        Optional<String> bos = Optional.empty();
        if (directory != null && Files.isRegularFile(directory.resolve("tokenizer_config.json"))) {
            Path file = directory.resolve("tokenizer_config.json");
            config = JsonTree.object(file);
            try {
                bos = JsonTree.tokenText(config, "bos_token");
            } catch (PromptException e) {
                throw new PromptException(file + ": " + e.getMessage(), e);
            }
        }
        TokenizerParts parts;
        if (Files.isRegularFile(json)) {
            parts = TokenizerJsonReader.read(json, bos);
        } else if (isDirectory
                && Files.isRegularFile(modelDirectoryOrFile.resolve("vocab.json"))
                && Files.isRegularFile(modelDirectoryOrFile.resolve("merges.txt"))) {
            parts = TokenizerSplitFilesReader.read(modelDirectoryOrFile, config, bos);
        } else {
            throw new PromptException(modelDirectoryOrFile
                    + ": no tokenizer here; needed is tokenizer.json, or vocab.json with merges.txt");
        }
        return new TextTokenizer(parts);
    }

    /**
     * Ids of a text.
     *
     * @param text any string; empty gives no ids
     * @param policy what to do with text that is spelled like an added token
     * @throws PromptException if the text has more than 4096 combining marks in a row, which would take quadratic time
     */
    public int[] encode(String text, SpecialTokenText policy) {
        var ids = new IntList();
        encode(text, policy, ids);
        return ids.toArray();
    }

    void encode(String text, SpecialTokenText policy, IntList out) {
        String wellFormed = PromptText.wellFormed(text);
        switch (policy) {
            case AS_TEXT -> encodeWords(normalize(wellFormed), out);
            case AS_TOKENS ->
                givenMatcher.split(
                        wellFormed,
                        plain -> normalizedMatcher.split(normalize(plain), words -> encodeWords(words, out), out::add),
                        out::add);
        }
    }

    private String normalize(String text) {
        return switch (parts.composition()) {
            case NONE -> text;
            case NFC -> CanonicalComposition.normalize(text);
        };
    }

    private void encodeWords(String text, IntList out) {
        parts.splitter().split(text, word -> parts.encoder().encode(word, out));
    }

    /**
     * Text of ids, special tokens included. Bytes that are not UTF-8 become U+FFFD; an id without a token adds nothing,
     * as in Hugging Face's library (models have more embedding rows than tokens).
     */
    public String decode(int... ids) {
        var stream = new Utf8Stream();
        for (int id : ids) {
            write(id, stream);
        }
        stream.flush();
        return stream.take();
    }

    /** A decoder for ids that come one by one. */
    public TextDecoder decoder() {
        return new TextDecoder(this);
    }

    void write(int id, Utf8Stream stream) {
        String token = token(id).orElse("");
        if (ByteAlphabet.covers(token)) {
            for (int i = 0; i < token.length(); i++) {
                stream.push(ByteAlphabet.toByte(token.charAt(i)));
            }
        } else {
            for (byte b : token.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
                stream.push(b & 0xFF);
            }
        }
    }

    /** Number of tokens, added ones included; at most the rows of the model's embedding. */
    public int size() {
        return size;
    }

    /** Id of a token, spelled as in the file (byte-level alphabet; added tokens as they are). */
    public OptionalInt id(String token) {
        var added = addedByContent.get(token);
        return added != null
                ? OptionalInt.of(added.id())
                : parts.encoder().vocabulary().id(token);
    }

    /** Token of an id, spelled as in the file. */
    public Optional<String> token(int id) {
        var added = addedById.get(id);
        return added != null
                ? Optional.of(added.content())
                : parts.encoder().vocabulary().token(id);
    }

    /** Whether the id is an added token that is marked special. */
    public boolean isSpecial(int id) {
        var added = addedById.get(id);
        return added != null && added.role() == AddedToken.Role.SPECIAL;
    }

    /** The token that {@code tokenizer_config.json} names as beginning of text; Qwen2.5 has none. */
    public Optional<String> bosToken() {
        return parts.bosToken();
    }
}
