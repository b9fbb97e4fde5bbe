package dev.nextstep.train.recipe;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nextstep.data.files.AtomicFile;
import dev.nextstep.prompt.SpecialTokens;
import dev.nextstep.prompt.TextTokenizer;
import dev.nextstep.train.run.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Adds NextStep's tokens behind those of a plain Qwen2 tokenizer, in the official order (spec §1.3). */
final class NextStepTokens {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final List<String> ADDED = List.of(
            SpecialTokens.PAD,
            SpecialTokens.IMAGE_AREA,
            SpecialTokens.BEGIN_OF_IMAGE,
            SpecialTokens.END_OF_IMAGE,
            SpecialTokens.IMAGE_PLACEHOLDER,
            "<|begin_of_prompt_refinement|>",
            "<|end_of_prompt_refinement|>",
            "<|begin_of_thinking|>",
            "<|end_of_thinking|>");

    private NextStepTokens() {}

    /**
     * Writes the tokenizer's files with the tokens that they lack. The folder gets {@code tokenizer.json} last.
     *
     * @param from folder of the plain tokenizer
     * @param to made if it does not exist
     */
    static void addTo(Path from, Path to) throws IOException {
        var file = from.resolve("tokenizer.json");
        if (!Files.isRegularFile(file)) {
            throw new RunException(file + ": no such file; the language model needs its tokenizer beside it");
        }
        Files.createDirectories(to);
        for (var name : List.of("vocab.json", "merges.txt")) {
            if (Files.isRegularFile(from.resolve(name))) {
                AtomicFile.writeText(to.resolve(name), Files.readString(from.resolve(name)));
            }
        }
        var tokenizer = (ObjectNode) MAPPER.readTree(file.toFile());
        var list = tokenizer.withArray("added_tokens");
        var config = config(from.resolve("tokenizer_config.json"));
        var known = config.withObject("/added_tokens_decoder");
        var plain = TextTokenizer.read(from);
        int id = plain.size();
        for (var token : ADDED) {
            if (plain.id(token).isPresent()) {
                continue;
            }
            var flags = MAPPER.createObjectNode()
                    .put("content", token)
                    .put("lstrip", false)
                    .put("normalized", false)
                    .put("rstrip", false)
                    .put("single_word", false)
                    .put("special", true);
            known.set(String.valueOf(id), flags.deepCopy());
            list.addObject().put("id", id).setAll(flags);
            id++;
        }
        config.put("eos_token", SpecialTokens.EOS).put("pad_token", SpecialTokens.PAD);
        AtomicFile.writeText(to.resolve("tokenizer_config.json"), text(config));
        AtomicFile.writeText(to.resolve("tokenizer.json"), text(tokenizer));
    }

    private static ObjectNode config(Path file) throws IOException {
        return Files.isRegularFile(file) ? (ObjectNode) MAPPER.readTree(file.toFile()) : MAPPER.createObjectNode();
    }

    private static String text(ObjectNode json) throws IOException {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
    }
}
