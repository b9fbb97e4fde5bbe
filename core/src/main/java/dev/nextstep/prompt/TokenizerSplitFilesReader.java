package dev.nextstep.prompt;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the older file family: {@code vocab.json}, {@code merges.txt}, and, where they exist,
 * {@code added_tokens.json} and {@code tokenizer_config.json}. These files do not say how text is split, so only the
 * Qwen2 kind is taken, whose rules are fixed.
 */
final class TokenizerSplitFilesReader {
    private TokenizerSplitFilesReader() {}

    static TokenizerParts read(Path directory, Map<String, Object> config, Optional<String> bosToken) {
        Object kind = config.getOrDefault("tokenizer_class", "Qwen2Tokenizer");
        if (!kind.equals("Qwen2Tokenizer") && !kind.equals("Qwen2TokenizerFast")) {
            throw new PromptException(
                    "%s: tokenizer_class is %s; without tokenizer.json only Qwen2Tokenizer can be read"
                            .formatted(directory.resolve("tokenizer_config.json"), kind));
        }
        var vocabulary = JsonTree.read(directory.resolve("vocab.json"), parser -> {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new PromptException("the file must hold one JSON object");
            }
            var builder = new Vocabulary.Builder();
            TokenizerJsonReader.readVocabulary(parser, builder);
            return builder.build();
        });
        var mergesFile = directory.resolve("merges.txt");
        MergeTable merges;
        try {
            merges = readMerges(mergesFile).build(vocabulary);
        } catch (PromptException e) {
            throw new PromptException(mergesFile + ": " + e.getMessage(), e);
        }
        try {
            return new TokenizerParts(
                    new BytePairEncoder(vocabulary, merges, BytePairEncoder.WholeWords.MERGED_LIKE_ALL),
                    new QwenSplitter(),
                    TokenizerParts.Composition.NFC,
                    addedTokens(directory, config),
                    bosToken);
        } catch (PromptException e) {
            throw new PromptException(directory + ": " + e.getMessage(), e);
        }
    }

    private static MergeTable.Builder readMerges(Path file) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(JsonTree.bytes(file)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new PromptException("the file is not UTF-8", e);
        } catch (IOException e) {
            throw new PromptException("cannot be read: " + e.getMessage(), e);
        }
        var builder = new MergeTable.Builder();
        for (int at = 0; at < text.length(); ) {
            int end = text.indexOf('\n', at);
            end = end < 0 ? text.length() : end;
            String line = text.substring(at, end > at && text.charAt(end - 1) == '\r' ? end - 1 : end);
            if (!line.isEmpty() && !(at == 0 && line.startsWith("#version"))) {
                builder.add(line);
            }
            at = end + 1;
        }
        return builder;
    }

    private static List<AddedToken> addedTokens(Path directory, Map<String, Object> config) {
        var byId = new TreeMap<Integer, AddedToken>();
        if (config.get("added_tokens_decoder") instanceof Map<?, ?>) {
            JsonTree.asObject(config.get("added_tokens_decoder"), "'added_tokens_decoder'")
                    .forEach((id, json) -> {
                        var token = AddedTokenReader.read(number(id), JsonTree.asObject(json, "an added token"));
                        byId.put(token.id(), token);
                    });
        }
        var file = directory.resolve("added_tokens.json");
        if (Files.exists(file)) {
            JsonTree.object(file).forEach((content, id) -> {
                if (!(id instanceof Long number)) {
                    throw new PromptException("added_tokens.json: the id of '%s' is not an integer"
                            .formatted(PromptText.shorten(content)));
                }
                int checked = TokenizerParts.checkedId(number, content);
                var known = byId.get(checked);
                if (known == null) {
                    // This file has no flags; what the others do not describe is a special token of the usual kind.
                    byId.put(
                            checked,
                            new AddedToken(
                                    checked,
                                    content,
                                    AddedToken.Text.AS_GIVEN,
                                    AddedToken.Boundary.ANYWHERE,
                                    AddedToken.Strip.NONE,
                                    AddedToken.Role.SPECIAL));
                } else if (!known.content().equals(content)) {
                    throw new PromptException("id %d is '%s' in added_tokens.json, but '%s' in tokenizer_config.json"
                            .formatted(checked, PromptText.shorten(content), PromptText.shorten(known.content())));
                }
            });
        }
        return List.copyOf(byId.values());
    }

    private static long number(String id) {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException e) {
            throw new PromptException(
                    "'added_tokens_decoder' has the key '%s', which is no id".formatted(PromptText.shorten(id)), e);
        }
    }
}
