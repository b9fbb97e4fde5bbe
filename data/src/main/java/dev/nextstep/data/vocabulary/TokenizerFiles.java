package dev.nextstep.data.vocabulary;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nextstep.data.files.AtomicFile;
import dev.nextstep.prompt.ByteLevelWords;
import dev.nextstep.prompt.SpecialTokens;
import java.io.IOException;
import java.nio.file.Path;

/** The six files by which Hugging Face's libraries and {@code core} know a Qwen2 tokenizer. */
final class TokenizerFiles {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final BpeVocabulary vocabulary;

    private TokenizerFiles(BpeVocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    static void write(BpeVocabulary vocabulary, Path directory) throws IOException {
        var files = new TokenizerFiles(vocabulary);
        AtomicFile.writeText(directory.resolve("vocab.json"), MAPPER.writeValueAsString(files.ids()));
        AtomicFile.writeText(directory.resolve("merges.txt"), files.mergeLines());
        AtomicFile.writeText(directory.resolve("added_tokens.json"), pretty(files.addedIds()));
        AtomicFile.writeText(directory.resolve("special_tokens_map.json"), pretty(specialTokensMap()));
        AtomicFile.writeText(directory.resolve("tokenizer_config.json"), pretty(files.config()));
        AtomicFile.writeText(directory.resolve("tokenizer.json"), pretty(files.fastTokenizer()));
    }

    private static String pretty(JsonNode json) throws JsonProcessingException {
        var printer = new DefaultPrettyPrinter();
        var lines = new DefaultIndenter("  ", "\n"); // the same bytes on every system
        printer.indentObjectsWith(lines);
        printer.indentArraysWith(lines);
        return MAPPER.writer(printer).writeValueAsString(json) + "\n";
    }

    private int specialId(int index) {
        return vocabulary.tokens().size() + index;
    }

    private ObjectNode ids() {
        var json = JSON.objectNode();
        for (int id = 0; id < vocabulary.tokens().size(); id++) {
            json.put(vocabulary.tokens().get(id), id);
        }
        return json;
    }

    private String mergeLines() {
        var text = new StringBuilder("#version: 0.2\n");
        for (var merge : vocabulary.merges()) {
            text.append(merge.left()).append(' ').append(merge.right()).append('\n');
        }
        return text.toString();
    }

    private ObjectNode addedIds() {
        var json = JSON.objectNode();
        SpecialTokenNames.ALL.stream()
                .sorted()
                .forEach(name -> json.put(name, specialId(SpecialTokenNames.ALL.indexOf(name))));
        return json;
    }

    private static ObjectNode flags(String content) {
        return JSON.objectNode()
                .put("content", content)
                .put("lstrip", false)
                .put("normalized", false)
                .put("rstrip", false)
                .put("single_word", false);
    }

    private static ObjectNode specialTokensMap() {
        var json = JSON.objectNode();
        var additional = json.putArray("additional_special_tokens");
        SpecialTokenNames.ADDITIONAL.forEach(additional::add);
        json.set("eos_token", flags(SpecialTokens.EOS));
        json.set("pad_token", flags(SpecialTokens.PAD));
        return json;
    }

    private ObjectNode config() {
        var json = JSON.objectNode();
        var added = json.putObject("added_tokens_decoder");
        for (int i = 0; i < SpecialTokenNames.ALL.size(); i++) {
            added.set(
                    String.valueOf(specialId(i)),
                    flags(SpecialTokenNames.ALL.get(i)).put("special", true));
        }
        var additional = json.putArray("additional_special_tokens");
        SpecialTokenNames.ADDITIONAL.forEach(additional::add);
        json.putNull("bos_token");
        json.put("clean_up_tokenization_spaces", false);
        json.put("eos_token", SpecialTokens.EOS);
        json.put("errors", "replace");
        json.put("model_max_length", vocabulary.settings().modelMaxLength());
        json.put("pad_token", SpecialTokens.PAD);
        json.put("padding_side", "left");
        json.put("split_special_tokens", false);
        json.put("tokenizer_class", "Qwen2Tokenizer");
        json.putNull("unk_token");
        return json;
    }

    private ObjectNode fastTokenizer() {
        var json = JSON.objectNode();
        json.put("version", "1.0");
        json.putNull("truncation");
        json.putNull("padding");
        var added = json.putArray("added_tokens");
        for (int i = 0; i < SpecialTokenNames.ALL.size(); i++) {
            added.addObject()
                    .put("id", specialId(i))
                    .setAll(flags(SpecialTokenNames.ALL.get(i)).put("special", true));
        }
        json.putObject("normalizer").put("type", "NFC");
        var steps = json.putObject("pre_tokenizer").put("type", "Sequence").putArray("pretokenizers");
        var split = steps.addObject().put("type", "Split");
        split.putObject("pattern").put("Regex", ByteLevelWords.PATTERN);
        split.put("behavior", "Isolated").put("invert", false);
        steps.add(byteLevel());
        json.set("post_processor", byteLevel());
        json.set("decoder", byteLevel());
        var model = json.putObject("model").put("type", "BPE");
        model.putNull("dropout").putNull("unk_token");
        model.put("continuing_subword_prefix", "").put("end_of_word_suffix", "");
        model.put("fuse_unk", false).put("byte_fallback", false).put("ignore_merges", false);
        model.set("vocab", ids());
        var merges = model.putArray("merges");
        for (var merge : vocabulary.merges()) {
            merges.addArray().add(merge.left()).add(merge.right());
        }
        return json;
    }

    private static ObjectNode byteLevel() {
        return JSON.objectNode()
                .put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", false)
                .put("use_regex", false);
    }
}
