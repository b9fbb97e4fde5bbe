package dev.nextstep.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.nextstep.testing.Golden;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Behaviour of the tokenizer beyond the golden values: streams, odd text, odd files. */
class TextTokenizerTest {
    private static final Path SMALL = Golden.folder("lm/tiny-b").resolve("tokenizer.json");
    private final TextTokenizer tokenizer = TextTokenizer.read(SMALL);

    @TempDir
    Path scratch;

    @Test
    void streamedTextIsTheTextAtOnce() {
        long seed = Long.getLong("test.seed", System.nanoTime());
        var random = new Random(seed);
        var texts = new RandomText(seed);
        var decoder = tokenizer.decoder();
        for (int i = 0; i < 5_000; i++) {
            int[] ids = random.nextBoolean()
                    ? tokenizer.encode(texts.next(), SpecialTokenText.AS_TOKENS)
                    : random.ints(random.nextInt(20), -1, tokenizer.size() + 5).toArray();
            var text = new StringBuilder();
            for (int id : ids) {
                text.append(decoder.push(id));
                assertThat(PromptText.firstLoneSurrogate(text.toString(), 0)).isNegative();
            }
            text.append(decoder.flush());
            assertThat(text.toString())
                    .as("seed %d, ids %s", seed, Arrays.toString(ids))
                    .isEqualTo(tokenizer.decode(ids));
        }
    }

    @Test
    void plainTextComesBack() {
        long seed = Long.getLong("test.seed", System.nanoTime());
        var texts = new RandomText(seed);
        for (int i = 0; i < 5_000; i++) {
            String text = CanonicalComposition.normalize(texts.next());
            int[] ids = tokenizer.encode(text, SpecialTokenText.AS_TEXT);
            assertThat(tokenizer.decode(ids)).as("seed %d", seed).isEqualTo(text);
            assertThat(Arrays.stream(ids).anyMatch(tokenizer::isSpecial))
                    .as("seed %d: %s", seed, text)
                    .isFalse();
        }
    }

    @Test
    void halfCharactersAreHeldBack() {
        int[] ids = tokenizer.encode("🦊", SpecialTokenText.AS_TEXT);
        assertThat(ids.length).isGreaterThan(1);
        var decoder = tokenizer.decoder();
        for (int i = 0; i < ids.length - 1; i++) {
            assertThat(decoder.push(ids[i])).isEmpty();
        }
        assertThat(decoder.push(ids[ids.length - 1])).isEqualTo("🦊");
        assertThat(decoder.push(ids[0])).isEmpty();
        assertThat(decoder.flush()).isEqualTo("\uFFFD");
    }

    @Test
    void malformedBytesFallApartAsInUtf8() {
        for (int[] bytes :
                new int[][] {{0xED, 0xA0, 0x80}, {0xF0, 0x90, 0x41}, {0xC0, 0x80}, {0xE2, 0x82}, {0xFF, 0x41}}) {
            var stream = new Utf8Stream();
            for (int b : bytes) {
                stream.push(b);
            }
            stream.flush();
            String expected = switch (bytes[0]) {
                case 0xED -> "\uFFFD\uFFFD\uFFFD";
                case 0xF0, 0xFF -> "\uFFFDA";
                case 0xC0 -> "\uFFFD\uFFFD";
                default -> "\uFFFD";
            };
            assertThat(stream.take()).as(Arrays.toString(bytes)).isEqualTo(expected);
        }
    }

    @Test
    void loneSurrogatesCountAsReplacementCharacters() {
        for (String text : new String[] {"a\uD83Eb", "\uDD8A", "\uD83E", "\uD83E\uD83E\uDD8A"}) {
            String fixed = new String(text.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE);
            assertThat(tokenizer.encode(text, SpecialTokenText.AS_TOKENS))
                    .isEqualTo(tokenizer.encode(fixed, SpecialTokenText.AS_TOKENS));
            assertThat(fixed).contains("\uFFFD");
        }
    }

    @Test
    void longTextsTakeLittleTime() {
        for (String unit : new String[] {"a", "ab", "日", " ", "\n ", "!", "a\u0315\u0323", "<|"}) {
            String text = unit.repeat(100_000 / unit.length());
            assertTimeoutPreemptively(
                    Duration.ofSeconds(8), () -> tokenizer.encode(text, SpecialTokenText.AS_TOKENS), unit);
        }
    }

    /** Marks out of order must be sorted, which the JDK does in quadratic time: bounded, or refused. */
    @Test
    void marksInTheWrongOrderTakeLittleTime() {
        String most = "a" + "\u0315".repeat(2_048) + "\u0323".repeat(2_048);
        assertTimeoutPreemptively(
                Duration.ofSeconds(8), () -> tokenizer.encode(most.repeat(24), SpecialTokenText.AS_TOKENS));
        assertThatThrownBy(() -> tokenizer.encode(most + "\u0323", SpecialTokenText.AS_TOKENS))
                .isInstanceOf(PromptException.class)
                .hasMessageContaining("combining marks");
    }

    @Test
    void threadsMayShareIt() {
        var texts = new RandomText(11);
        var list = IntStream.range(0, 3_000).mapToObj(i -> texts.next()).toList();
        var fresh = TextTokenizer.read(SMALL);
        list.parallelStream()
                .forEach(text -> assertThat(fresh.encode(text, SpecialTokenText.AS_TOKENS))
                        .isEqualTo(tokenizer.encode(text, SpecialTokenText.AS_TOKENS)));
    }

    @Test
    void unknownKindsAreRefusedByName() throws Exception {
        String good = Files.readString(SMALL);
        refuses(good.replaceFirst("\"NFC\"", "\"NFKC\""), "NFKC");
        refuses(good.replaceFirst("\"Isolated\"", "\"Removed\""), "Isolated");
        refuses(good.replaceFirst("\"type\":\\s*\"Split\"", "\"type\":\"Metaspace\""), "pre-tokenizer");
        refuses(good.replaceFirst("\"BPE\"", "\"Unigram\""), "Unigram");
        refuses(good + "x", "");
        refuses(good.substring(0, good.length() / 2), "");
        refuses("{\"a\":" + "[".repeat(100_000), "nest");
        refuses("[]", "one JSON object");
        refuses("", "");
        refuses(good.replaceFirst("\"id\":\\s*1003", "\"id\": 1002"), "1002");
        refuses(good.replaceFirst("\"id\":\\s*1003", "\"id\": 999999999999"), "999999999999");
        assertThatThrownBy(() -> TextTokenizer.read(scratch.resolve("nowhere"))).isInstanceOf(PromptException.class);
    }

    private void refuses(String json, String message) throws Exception {
        Path file = scratch.resolve("bad.json");
        Files.writeString(file, json);
        assertThatThrownBy(() -> TextTokenizer.read(file))
                .isInstanceOf(PromptException.class)
                .hasMessageContaining("bad.json")
                .hasMessageContaining(message);
    }

    /** Damaged files: either refused with this room's own exception, or readable and then usable. */
    @Test
    void damagedFilesFailCleanly() throws Exception {
        byte[] good = Files.readAllBytes(SMALL);
        long seed = Long.getLong("test.seed", System.nanoTime());
        var random = new Random(seed);
        var refused = new AtomicInteger();
        String[] tokens = {
            "null", "{", "}", "[", "]", "\"", ",", ":", "-1", "1e9", "99999999999999999999", "true", "\\ud800", "\u0000"
        };
        Path file = scratch.resolve("damaged.json");
        for (int i = 0; i < 600; i++) {
            byte[] bytes = good.clone();
            // Half of the damage goes to the settings before the long lists, where it is more likely to matter.
            int reach = random.nextBoolean() ? bytes.length : 4_500;
            for (int n = random.nextInt(3); n >= 0; n--) {
                int at = random.nextInt(Math.min(reach, bytes.length));
                switch (random.nextInt(4)) {
                    case 0 -> bytes[at] = (byte) random.nextInt(256);
                    case 1 -> bytes = Arrays.copyOf(bytes, at + 1);
                    case 2 -> {
                        byte[] put = tokens[random.nextInt(tokens.length)].getBytes(StandardCharsets.UTF_8);
                        System.arraycopy(put, 0, bytes, at, Math.min(put.length, bytes.length - at));
                    }
                    default -> {
                        int from = random.nextInt(bytes.length);
                        int length = Math.min(random.nextInt(200), bytes.length - Math.max(at, from));
                        System.arraycopy(bytes.clone(), from, bytes, at, length);
                    }
                }
            }
            Files.write(file, bytes);
            assertTimeoutPreemptively(
                    Duration.ofSeconds(10),
                    () -> {
                        try {
                            TextTokenizer.read(file)
                                    .encode("it's a lighthouse, 12 日本\n <|im_end|>", SpecialTokenText.AS_TOKENS);
                        } catch (PromptException e) {
                            refused.incrementAndGet();
                            assertThat(e).hasMessageNotContaining("null pointer");
                        }
                    },
                    "seed " + seed + ", file " + i);
        }
        assertThat(refused.get()).as("seed %d", seed).isGreaterThan(100);
    }
}
