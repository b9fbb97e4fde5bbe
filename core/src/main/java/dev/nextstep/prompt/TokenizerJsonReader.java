package dev.nextstep.prompt;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code tokenizer.json}. Vocabulary and merges are streamed; the rest is small. Whatever would make the ids come
 * out otherwise than this room computes them is refused with its name.
 */
final class TokenizerJsonReader {
    private final Vocabulary.Builder vocabulary = new Vocabulary.Builder();
    private final MergeTable.Builder merges = new MergeTable.Builder();
    private final Map<String, Object> sections = new HashMap<>();
    private final Map<String, Object> model = new HashMap<>();
    private boolean hasVocabulary;
    private boolean hasMerges;

    private TokenizerJsonReader() {}

    static TokenizerParts read(Path file, Optional<String> bosToken) {
        return JsonTree.read(file, parser -> {
            var reader = new TokenizerJsonReader();
            reader.readFile(parser);
            return reader.assemble(bosToken);
        });
    }

    private void readFile(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new PromptException("the file must hold one JSON object");
        }
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            if (key.equals("model") && token == JsonToken.START_OBJECT) {
                readModel(parser);
                put(sections, key, model);
            } else {
                put(sections, key, JsonTree.value(parser));
            }
        }
        endOfObject(parser);
    }

    private void readModel(JsonParser parser) throws IOException {
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            if (key.equals("vocab") && token == JsonToken.START_OBJECT && !hasVocabulary) {
                hasVocabulary = true;
                readVocabulary(parser, vocabulary);
            } else if (key.equals("merges") && token == JsonToken.START_ARRAY && !hasMerges) {
                hasMerges = true;
                readMerges(parser);
            } else if (key.equals("vocab") || key.equals("merges")) {
                throw new PromptException("'model.%s' stands there twice or has the wrong type".formatted(key));
            } else {
                put(model, key, JsonTree.value(parser));
            }
        }
        endOfObject(parser);
    }

    static void readVocabulary(JsonParser parser, Vocabulary.Builder vocabulary) throws IOException {
        for (String token = parser.nextFieldName(); token != null; token = parser.nextFieldName()) {
            parser.nextToken();
            vocabulary.add(token, JsonTree.integer(parser));
        }
        endOfObject(parser);
    }

    private void readMerges(JsonParser parser) throws IOException {
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token == JsonToken.VALUE_STRING) {
                merges.add(parser.getText());
            } else if (token == JsonToken.START_ARRAY) {
                merges.add(part(parser), part(parser));
                if (parser.nextToken() != JsonToken.END_ARRAY) {
                    throw new PromptException("a merge has more than two parts");
                }
            } else {
                throw new PromptException("a merge must be \"a b\" or [\"a\", \"b\"]");
            }
        }
    }

    private static String part(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.VALUE_STRING) {
            throw new PromptException("a merge must be \"a b\" or [\"a\", \"b\"]");
        }
        return parser.getText();
    }

    private static void endOfObject(JsonParser parser) {
        if (parser.currentToken() != JsonToken.END_OBJECT) {
            throw new PromptException("the file ends inside an object");
        }
    }

    private static void put(Map<String, Object> map, String key, Object value) {
        if (map.put(key, value) != null) {
            throw new PromptException("the key '%s' stands there twice".formatted(PromptText.shorten(key)));
        }
    }

    private TokenizerParts assemble(Optional<String> bosToken) {
        checkModel();
        checkPostProcessor();
        var words = vocabulary.build();
        var wholeWords = JsonTree.flag(model, "ignore_merges", false)
                ? BytePairEncoder.WholeWords.TAKEN_FIRST
                : BytePairEncoder.WholeWords.MERGED_LIKE_ALL;
        return new TokenizerParts(
                new BytePairEncoder(words, merges.build(words), wholeWords),
                splitter(),
                composition(section("normalizer"), 0),
                addedTokens(),
                bosToken);
    }

    /** A section, or nothing where it is absent or null. */
    private @Nullable Object section(String key) {
        Object value = sections.get(key);
        return value == JsonTree.NULL ? null : value;
    }

    private void checkModel() {
        if (!hasVocabulary || !hasMerges) {
            throw new PromptException("'model.vocab' or 'model.merges' is missing; this is not a BPE tokenizer");
        }
        Object type = model.getOrDefault("type", "BPE");
        if (!type.equals("BPE") && type != JsonTree.NULL) {
            throw new PromptException("the model is of type %s; only BPE is supported".formatted(type));
        }
        for (String key : List.of("continuing_subword_prefix", "end_of_word_suffix")) {
            Object value = model.getOrDefault(key, JsonTree.NULL);
            if (value != JsonTree.NULL && !value.equals("")) {
                throw new PromptException("'model.%s' is set; byte-level BPE has none".formatted(key));
            }
        }
        if (model.getOrDefault("dropout", JsonTree.NULL) instanceof Number n && n.doubleValue() != 0) {
            throw new PromptException("'model.dropout' is set; ids would be random");
        }
    }

    private void checkPostProcessor() {
        Object value = section("post_processor");
        if (value != null
                && !"ByteLevel"
                        .equals(JsonTree.asObject(value, "'post_processor'").get("type"))) {
            throw new PromptException("the post-processor is not ByteLevel; one that adds tokens is not supported");
        }
        value = section("decoder");
        if (value != null
                && !"ByteLevel".equals(JsonTree.asObject(value, "'decoder'").get("type"))) {
            throw new PromptException("the decoder is not ByteLevel; others are not supported");
        }
    }

    private static TokenizerParts.Composition composition(@Nullable Object json, int depth) {
        if (json == null) {
            return TokenizerParts.Composition.NONE;
        }
        var object = JsonTree.asObject(json, "'normalizer'");
        String type = JsonTree.string(object, "type", "'normalizer'");
        if (type.equals("NFC")) {
            return TokenizerParts.Composition.NFC;
        }
        if (type.equals("Sequence") && depth == 0) {
            var result = TokenizerParts.Composition.NONE;
            for (Object part : JsonTree.asList(object.getOrDefault("normalizers", List.of()), "'normalizers'")) {
                result = composition(part, depth + 1); // NFC twice is NFC
            }
            return result;
        }
        throw new PromptException(
                "the normaliser %s is not supported; known are NFC and none".formatted(PromptText.shorten(type)));
    }

    /** Split by a pattern, then ByteLevel: Qwen2's pre-tokenizer and its relatives. */
    private WordSplitter splitter() {
        Object json = section("pre_tokenizer");
        if (json == null) {
            throw refused("there is none");
        }
        var object = JsonTree.asObject(json, "'pre_tokenizer'");
        if (!"Sequence".equals(object.get("type"))) {
            throw refused("it is %s".formatted(PromptText.shorten(String.valueOf(object.get("type")))));
        }
        var parts = JsonTree.asList(object.getOrDefault("pretokenizers", List.of()), "'pretokenizers'");
        if (parts.size() != 2) {
            throw refused("its sequence has %d parts".formatted(parts.size()));
        }
        var split = JsonTree.asObject(parts.get(0), "a pre-tokenizer");
        var bytes = JsonTree.asObject(parts.get(1), "a pre-tokenizer");
        if (!"Split".equals(split.get("type")) || !"ByteLevel".equals(bytes.get("type"))) {
            throw refused("its sequence is %s, %s"
                    .formatted(
                            PromptText.shorten(String.valueOf(split.get("type"))),
                            PromptText.shorten(String.valueOf(bytes.get("type")))));
        }
        if (!"Isolated".equals(split.get("behavior")) || JsonTree.flag(split, "invert", false)) {
            throw refused("its Split is inverted or not 'Isolated'");
        }
        if (JsonTree.flag(bytes, "add_prefix_space", true) || JsonTree.flag(bytes, "use_regex", true)) {
            throw refused("its ByteLevel adds a space or splits by a pattern of its own");
        }
        if (!(split.get("pattern") instanceof Map<?, ?> pattern) || !(pattern.get("Regex") instanceof String regex)) {
            throw refused("its Split has no pattern 'Regex'");
        }
        return regex.equals(QwenSplitter.PATTERN) ? new QwenSplitter() : new RegexSplitter(regex);
    }

    private static PromptException refused(String why) {
        return new PromptException("unsupported pre-tokenizer: " + why
                + "; supported is a Sequence of Split (Regex, Isolated) and ByteLevel (no prefix space, no regex)");
    }

    private List<AddedToken> addedTokens() {
        var added = new ArrayList<AddedToken>();
        Object json = section("added_tokens");
        if (json != null) {
            for (Object entry : JsonTree.asList(json, "'added_tokens'")) {
                var object = JsonTree.asObject(entry, "an added token");
                if (!(object.get("id") instanceof Long id)) {
                    throw new PromptException("an added token has no integer 'id'");
                }
                added.add(AddedTokenReader.read(id, object));
            }
        }
        return added;
    }
}
