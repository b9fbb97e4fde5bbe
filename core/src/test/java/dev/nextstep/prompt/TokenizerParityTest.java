package dev.nextstep.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nextstep.testing.Golden;
import java.io.IOException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tokenizer against Hugging Face's own library, on text that nobody chose. */
class TokenizerParityTest {
    private static final int STRINGS = 100_000;

    @TempDir
    static Path scratch;

    @Test
    void randomTextsHaveEqualIdsAndDecodeEqually() {
        Path file = TokenizerFiles.full(scratch);
        var ours = TextTokenizer.read(file);
        long seed = Long.getLong("test.seed", System.nanoTime());
        System.out.println("TokenizerParityTest: -Dtest.seed=" + seed);
        var texts = new RandomText(seed);
        var random = new Random(seed);
        try (var theirs = HuggingFace.open(file)) {
            for (int i = 0; i < STRINGS; i++) {
                String text = texts.next();
                int[] expected = HuggingFace.encode(theirs, text);
                int[] actual = ours.encode(text, SpecialTokenText.AS_TOKENS);
                if (!Arrays.equals(actual, expected)) {
                    assertThat(actual)
                            .as("seed %d, text %d: %s", seed, i, escaped(text))
                            .isEqualTo(expected);
                }
                if (i % 10 == 0) {
                    // Ids in any order: bytes that do not belong together must fall apart in the same way.
                    long[] ids = random.longs(1 + random.nextInt(12), 0, ours.size() + 50)
                            .toArray();
                    int[] same = Arrays.stream(ids).mapToInt(id -> (int) id).toArray();
                    assertThat(ours.decode(same))
                            .as("seed %d, ids %s", seed, Arrays.toString(ids))
                            .isEqualTo(theirs.decode(ids, false));
                }
            }
        }
    }

    /** Word boundaries and normal form depend on Unicode tables, and the two libraries have different ones. */
    @Test
    void everyCodePointIsTreatedAlike() {
        Path file = TokenizerFiles.full(scratch);
        var ours = TextTokenizer.read(file);
        try (var theirs = HuggingFace.open(file)) {
            for (int c = 0; c < 0xE0200; c++) {
                boolean surrogate = c >= 0xD800 && c < 0xE000;
                if (surrogate
                        || (c >= 0x34000 && c < 0xE0000)
                        || (c >= 0x3400 && c < 0x9F00)
                        || (c > 0x20000 && c < 0x2A600)) {
                    continue; // the middles of the large ideograph blocks and of nothing add only time
                }
                String s = Character.toString(c);
                // Its class by its neighbours; its combining class against 1 and 232; its parts, composed again.
                String text = "x" + s + s + "x ! " + s + "1x" + s + "\u0334 x\u0358" + s + " "
                        + Normalizer.normalize(s, Normalizer.Form.NFD) + "\u0301 '" + s;
                int[] expected = HuggingFace.encode(theirs, text);
                int[] actual = ours.encode(text, SpecialTokenText.AS_TOKENS);
                if (!Arrays.equals(actual, expected)) {
                    assertThat(actual).as("U+%04X", c).isEqualTo(expected);
                }
            }
        }
    }

    /** U+08CD is of Unicode 14: Java would move it behind U+034D, the library does not know that it is a mark. */
    @Test
    void marksYoungerThanTheLibrarysTablesKeepTheirPlaces() {
        Path file = Golden.folder("lm/tiny-b").resolve("tokenizer.json");
        var ours = TextTokenizer.read(file);
        String text = "a\u08CD\u034Dx";
        assertThat(Normalizer.normalize(text, Normalizer.Form.NFC)).isEqualTo("a\u034D\u08CDx");
        int[] ids = ours.encode(text, SpecialTokenText.AS_TOKENS);
        assertThat(ours.decode(ids)).isEqualTo(text);
        try (var theirs = HuggingFace.open(file)) {
            assertThat(ids).isEqualTo(HuggingFace.encode(theirs, text));
        }
    }

    /** Added tokens with every combination of flags, ignore_merges, and another splitting pattern. */
    @Test
    void flagsOfAddedTokensAndOtherSettingsAreHonoured() throws IOException {
        var source = Golden.folder("lm/tiny-a").resolve("tokenizer.json");
        long seed = Long.getLong("test.seed", System.nanoTime());
        var random = new Random(seed);
        String[] contents = {
            "<x>", "<x>y", "é", "e\u0301a", "ab", " cd", "ef ", "\u212B", "12", "日本", "<x> <x>", "abcab", "[PAD]z"
        };
        String[] pieces = {
            "<x>",
            "y",
            "é",
            "e\u0301",
            "a",
            "b",
            "c",
            " cd",
            "ef",
            " ",
            "  ",
            "\n",
            "\u212B",
            "Å",
            "1",
            "2",
            "日本",
            "_",
            "[PAD]",
            "z",
            "\u3000",
            "the",
            "light",
            "<|im_end|>",
            "'s"
        };
        for (int round = 0; round < 60; round++) {
            var json = (ObjectNode) Golden.json(source);
            var list = (ArrayNode) json.get("added_tokens");
            int id = list.get(list.size() - 1).get("id").asInt();
            for (String content : contents) {
                if (random.nextInt(3) > 0) {
                    list.addObject()
                            .put("id", ++id)
                            .put("content", content)
                            .put("single_word", random.nextInt(4) == 0)
                            .put("lstrip", random.nextInt(3) == 0)
                            .put("rstrip", random.nextInt(3) == 0)
                            .put("normalized", random.nextBoolean())
                            .put("special", random.nextBoolean());
                }
            }
            var model = (ObjectNode) json.get("model");
            // An added token that is also a word of the vocabulary must keep its id, so such contents do not occur
            // here.
            model.put("ignore_merges", random.nextBoolean());
            if (random.nextInt(3) == 0) {
                ((ObjectNode) json.at("/pre_tokenizer/pretokenizers/0/pattern"))
                        .put("Regex", "\\p{N}{1,3}|\\s+|[a-z]+(?=b)");
            }
            for (int i = list.size() - 1; i >= 0; i--) {
                if (model.get("vocab").has(list.get(i).get("content").asText())) {
                    ((ObjectNode) list.get(i)).put("content", "unused" + i);
                }
            }
            Path file = scratch.resolve("flags.json");
            TokenizerFiles.MAPPER.writeValue(file.toFile(), json);
            var ours = TextTokenizer.read(file);
            try (var theirs = HuggingFace.open(file)) {
                for (int i = 0; i < 300; i++) {
                    var text = new StringBuilder();
                    for (int n = random.nextInt(10); n >= 0; n--) {
                        text.append(pieces[random.nextInt(pieces.length)]);
                    }
                    assertThat(ours.encode(text.toString(), SpecialTokenText.AS_TOKENS))
                            .as("seed %d, round %d: %s in %s", seed, round, escaped(text.toString()), list)
                            .isEqualTo(HuggingFace.encode(theirs, text.toString()));
                }
            }
        }
    }

    private static String escaped(String text) {
        var out = new StringBuilder();
        text.codePoints().forEach(c -> out.append(c > 32 && c < 127 ? Character.toString(c) : "{%x}".formatted(c)));
        return out.toString();
    }
}
