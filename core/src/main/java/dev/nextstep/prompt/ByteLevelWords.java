package dev.nextstep.prompt;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Text as the merges of a Qwen2 tokenizer see it (spec §1.3): in Unicode normal form C, cut into words that are never
 * merged across, every byte of a word written as one character of the byte-level alphabet ({@code Ġ} is a blank). Who
 * learns merges must cut exactly as {@link TextTokenizer} does, so it is the same code.
 */
public final class ByteLevelWords {
    /** The pattern that cuts the words, as {@code tokenizer.json} writes it. */
    public static final String PATTERN = QwenSplitter.PATTERN;

    private static final QwenSplitter SPLITTER = new QwenSplitter();

    private ByteLevelWords() {}

    /**
     * Words of a text in their order.
     *
     * @param text any string; a surrogate without its partner counts as U+FFFD
     * @return the words, one character per byte; none for the empty text
     * @throws PromptException if the text has more than 4096 combining marks in a row
     */
    public static List<String> of(String text) {
        var words = new ArrayList<String>();
        SPLITTER.split(CanonicalComposition.normalize(PromptText.wellFormed(text)), word -> words.add(spelled(word)));
        return words;
    }

    /**
     * The 256 characters that stand for bytes, in the order that Qwen2 and GPT-2 number them: sorted, so that
     * {@code !} is 0, {@code *} 9 and the digits 15 to 24.
     */
    public static List<String> alphabet() {
        var sorted = new ArrayList<String>();
        for (int b = 0; b < 256; b++) {
            sorted.add(String.valueOf(ByteAlphabet.toChar(b)));
        }
        sorted.sort(null);
        return List.copyOf(sorted);
    }

    private static String spelled(String word) {
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        var text = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            text.append(ByteAlphabet.toChar(b & 0xFF));
        }
        return text.toString();
    }
}
