package dev.nextstep.fuzz;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.nextstep.prompt.PromptException;
import dev.nextstep.prompt.SpecialTokenText;
import dev.nextstep.prompt.TextTokenizer;
import dev.nextstep.testing.Golden;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A tokenizer.json. Most of one is its vocabulary, where mutations teach nothing, so the 256 bytes of the alphabet stand in
 * an input as one pair of signs and are put in before reading.
 */
final class TokenizerJsonFuzz implements FuzzTarget {
    private static final String ALPHABET_SIGN = "\"@@\":0";
    private static final String TEXT = "Hello, wörld's 12 \n\t x<|endoftext|> e\u0301";

    private final Path file = Seeds.scratchFolder().resolve("tokenizer.json");
    private final String alphabet = alphabet();

    /** The pairs of the golden tokenizer whose keys have one letter, numbered anew. */
    private static String alphabet() {
        var vocabulary = golden().get("model").get("vocab");
        var out = new StringBuilder();
        int id = 0;
        for (var entry : vocabulary.properties()) {
            if (entry.getKey().length() == 1) {
                out.append(id == 0 ? "" : ",")
                        .append(TextNode.valueOf(entry.getKey()))
                        .append(':')
                        .append(id++);
            }
        }
        return out.toString();
    }

    private static ObjectNode golden() {
        return (ObjectNode) Golden.json(Golden.folder("lm/tiny-b").resolve("tokenizer.json"));
    }

    @Override
    public List<byte[]> seeds() {
        ObjectNode small = golden();
        ObjectNode model = (ObjectNode) small.get("model");
        var vocabulary = model.putObject("vocab").put("@@", 0).put("he", 256);
        vocabulary.put("hel", 257);
        var merges = model.putArray("merges").add("h e");
        merges.addArray().add("he").add("l");
        var added = small.putArray("added_tokens");
        added.addObject().put("id", 258).put("content", "<|endoftext|>").put("special", true);
        String qwen = small.toString();
        String other = qwen.replace("(?!\\\\S)", "(?=\\\\s)");
        return List.of(qwen.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void read(byte[] input) throws IOException {
        String json = new String(input, StandardCharsets.ISO_8859_1);
        int at = json.indexOf(ALPHABET_SIGN);
        if (at >= 0) {
            String inserted = new String(alphabet.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            json = json.substring(0, at) + inserted + json.substring(at + ALPHABET_SIGN.length());
        }
        Files.write(file, json.getBytes(StandardCharsets.ISO_8859_1));
        var tokenizer = TextTokenizer.read(file);
        tokenizer.decode(tokenizer.encode(TEXT, SpecialTokenText.AS_TEXT));
        tokenizer.decode(tokenizer.encode(TEXT, SpecialTokenText.AS_TOKENS));
    }

    @Override
    public Class<PromptException> refusal() {
        return PromptException.class;
    }
}
