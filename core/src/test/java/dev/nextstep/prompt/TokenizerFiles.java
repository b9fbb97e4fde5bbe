package dev.nextstep.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.nextstep.testing.Golden;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** The tokenizers of the golden values as files: the small ones as they are, the full one with its added tokens. */
final class TokenizerFiles {
    static final ObjectMapper MAPPER = new ObjectMapper();

    private TokenizerFiles() {}

    /** The tokenizer.json that belongs to golden files whose names end in {@code _<which>.json}. */
    static Path of(String which, Path scratch) {
        return which.equals("full") ? full(scratch) : Golden.folder("lm/tiny-a").resolve("tokenizer.json");
    }

    /** Unpacks the packed tokenizer.json of the golden values and adds the tokens that it lacks. */
    static Path full(Path scratch) {
        Path folder = Golden.folder("lm/tokenizer");
        var packed = Golden.files(folder, "tokenizer.json.gz");
        Path file = scratch.resolve("tokenizer.json");
        try (var in = new GZIPInputStream(Files.newInputStream(packed.getFirst()))) {
            var json = MAPPER.readTree(in);
            var list = (ArrayNode) json.get("added_tokens");
            var known = new java.util.HashSet<String>();
            list.forEach(token -> known.add(token.get("content").asText()));
            Golden.json(folder.resolve("added_full.json"))
                    .get("added")
                    .properties()
                    .forEach(entry -> {
                        if (known.add(entry.getKey())) {
                            list.addObject()
                                    .put("id", entry.getValue().asInt())
                                    .put("content", entry.getKey())
                                    .put("single_word", false)
                                    .put("lstrip", false)
                                    .put("rstrip", false)
                                    .put("normalized", false)
                                    .put("special", true);
                        }
                    });
            assertThat(list.size()).isGreaterThan(0);
            MAPPER.writeValue(file.toFile(), json);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
