package dev.nextstep.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nextstep.testing.Golden;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ids and texts as the reference's tokenizer gave them. */
class TokenizerGoldenTest {
    private static final Path FOLDER = Golden.folder("lm/tokenizer");

    @TempDir
    static Path scratch;

    static List<Path> ids() {
        return Golden.files(FOLDER, ".json").stream()
                .filter(f -> name(f).startsWith("ids_"))
                .toList();
    }

    static List<Path> fuzz() {
        return Golden.files(FOLDER, ".json").stream()
                .filter(f -> name(f).startsWith("fuzz_"))
                .toList();
    }

    static List<Path> batches() {
        return Golden.files(FOLDER, ".json").stream()
                .filter(f -> name(f).startsWith("batch_"))
                .toList();
    }

    static List<Path> added() {
        return Golden.files(FOLDER, ".json").stream()
                .filter(f -> name(f).startsWith("added_"))
                .toList();
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static TextTokenizer tokenizerOf(Path file) {
        String which = name(file).replaceAll(".*_|\\.json", "");
        return TextTokenizer.read(TokenizerFiles.of(which, scratch));
    }

    static int[] ints(JsonNode list) {
        int[] values = new int[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = list.get(i).asInt();
        }
        return values;
    }

    @ParameterizedTest
    @MethodSource("ids")
    void idsAndDecodedTextsAreEqual(Path file) {
        var tokenizer = tokenizerOf(file);
        var cases = Golden.json(file);
        assertThat(cases.size()).isPositive();
        for (var golden : cases) {
            String text = golden.get("text").asText();
            int[] expected = ints(golden.get("ids"));
            assertThat(tokenizer.encode(text, SpecialTokenText.AS_TOKENS))
                    .as(text)
                    .isEqualTo(expected);
            assertThat(tokenizer.decode(expected))
                    .as(text)
                    .isEqualTo(golden.get("decoded").asText());
        }
    }

    @ParameterizedTest
    @MethodSource("fuzz")
    void idsOfGeneratedTextsAreEqual(Path file) {
        var tokenizer = tokenizerOf(file);
        var cases = Golden.json(file);
        assertThat(cases.size()).isPositive();
        for (var golden : cases) {
            String text = golden.get(0).asText();
            assertThat(tokenizer.encode(text, SpecialTokenText.AS_TOKENS))
                    .as(text)
                    .isEqualTo(ints(golden.get(1)));
        }
    }

    @ParameterizedTest
    @MethodSource("batches")
    void leftPaddedBatchesAreEqual(Path file) {
        var tokenizer = tokenizerOf(file);
        int pad = tokenizer.id(SpecialTokens.PAD).orElseThrow();
        var golden = Golden.json(file);
        assertThat(golden.get("texts").size()).isPositive();
        for (int i = 0; i < golden.get("texts").size(); i++) {
            String text = golden.get("texts").get(i).asText();
            int[] expected = ints(golden.get("input_ids").get(i));
            int[] mask = ints(golden.get("attention_mask").get(i));
            int[] ids = tokenizer.encode(text, SpecialTokenText.AS_TOKENS);
            int padding = expected.length - ids.length;
            int[] padded = new int[expected.length];
            java.util.Arrays.fill(padded, pad);
            System.arraycopy(ids, 0, padded, padding, ids.length);
            assertThat(padded).as(text).isEqualTo(expected);
            assertThat(java.util.Arrays.stream(mask).sum()).isEqualTo(ids.length);
        }
    }

    @ParameterizedTest
    @MethodSource("added")
    void addedTokensAreEqual(Path file) {
        var tokenizer = tokenizerOf(file);
        var golden = Golden.json(file);
        assertThat(tokenizer.size()).isEqualTo(golden.get("vocab_len").asInt());
        assertThat(tokenizer.bosToken()).isEmpty();
        assertThat(golden.get("added").size()).isPositive();
        golden.get("added").properties().forEach(entry -> {
            int id = entry.getValue().asInt();
            assertThat(tokenizer.id(entry.getKey())).hasValue(id);
            assertThat(tokenizer.token(id)).hasValue(entry.getKey());
            assertThat(tokenizer.encode(entry.getKey(), SpecialTokenText.AS_TOKENS))
                    .containsExactly(id);
        });
        var special = SpecialTokens.find(tokenizer);
        assertThat(special.pad())
                .isEqualTo(golden.get("added")
                        .get(golden.get("pad_token").asText())
                        .asInt());
        assertThat(tokenizer.isSpecial(special.beginOfImage())).isTrue();
        assertThat(tokenizer.isSpecial(0)).isFalse();
    }

    /** The same tokenizer as tokenizer.json (merges as strings), as one with pairs, and as vocab.json with merges.txt. */
    @Test
    void allFileFormsGiveTheSameTokenizer() throws Exception {
        var pairs = TextTokenizer.read(Golden.folder("lm/tiny-a").resolve("tokenizer.json"));
        var strings = TextTokenizer.read(Golden.folder("lm/tiny-b"));
        Path split = Files.createDirectory(scratch.resolve("split"));
        for (String file : List.of("vocab.json", "merges.txt", "added_tokens.json", "tokenizer_config.json")) {
            Files.copy(Golden.folder("lm/tiny-b").resolve(file), split.resolve(file));
        }
        var parts = TextTokenizer.read(split);
        Files.delete(split.resolve("tokenizer_config.json"));
        var bare = TextTokenizer.read(split);
        for (var other : List.of(strings, parts, bare)) {
            assertThat(other.size()).isEqualTo(pairs.size());
            for (int id = 0; id <= pairs.size(); id++) {
                assertThat(other.token(id)).isEqualTo(pairs.token(id));
                assertThat(other.isSpecial(id)).isEqualTo(pairs.isSpecial(id));
            }
        }
        Stream.concat(fuzz().stream(), ids().stream())
                .flatMap(f -> Golden.json(f).valueStream())
                .forEach(golden -> {
                    String text = golden.isArray()
                            ? golden.get(0).asText()
                            : golden.get("text").asText();
                    int[] expected = pairs.encode(text, SpecialTokenText.AS_TOKENS);
                    for (var other : List.of(strings, parts, bare)) {
                        assertThat(other.encode(text, SpecialTokenText.AS_TOKENS))
                                .as(text)
                                .isEqualTo(expected);
                    }
                });
    }
}
