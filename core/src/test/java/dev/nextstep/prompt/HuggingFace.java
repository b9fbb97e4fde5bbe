package dev.nextstep.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Hugging Face's own tokenizer library, as the oracle. It never downloads: its native part comes from its jar. */
public final class HuggingFace {
    private HuggingFace() {}

    /** Opens a tokenizer.json. On Linux x86-64 the library must load; elsewhere the test is skipped where it cannot. */
    public static HuggingFaceTokenizer open(Path file) {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty(
                "ENGINE_CACHE_DIR", Path.of("target", "djl").toAbsolutePath().toString());
        try {
            return HuggingFaceTokenizer.newInstance(
                    file, Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (LinkageError | IllegalStateException e) {
            String platform =
                    (System.getProperty("os.name") + " " + System.getProperty("os.arch")).toLowerCase(Locale.ROOT);
            assertThat(platform).as("the native library did not load: %s", e).isNotEqualTo("linux amd64");
            assumeTrue(false, "no native tokenizer library on " + platform + ": " + e);
            throw e;
        }
    }

    /** Ids of a text, in which special tokens count as such. */
    public static int[] encode(HuggingFaceTokenizer tokenizer, String text) {
        long[] ids = tokenizer.encode(text, false, false).getIds();
        int[] result = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            result[i] = (int) ids[i];
        }
        return result;
    }
}
