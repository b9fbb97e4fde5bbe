package dev.nextstep.image;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a picture is written.
 *
 * @param quality of JPEG, 1 to 100; the lossless formats ignore it
 * @param texts keyword to text, kept in their order: text chunks in PNG, an XMP packet in JPEG and WebP. Keywords have 1 to
 *     79 printable Latin-1 characters
 */
public record WriteOptions(int quality, Map<String, String> texts) {
    /** Quality 95, no texts. */
    public static final WriteOptions DEFAULT = new WriteOptions(95, Map.of());

    public WriteOptions {
        if (quality < 1 || quality > 100) {
            throw new IllegalArgumentException("quality must be in 1..100, got " + quality);
        }
        texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
        for (String keyword : texts.keySet()) {
            boolean printable = keyword.chars().allMatch(c -> (c >= 32 && c <= 126) || (c >= 161 && c <= 255));
            if (keyword.isEmpty() || keyword.length() > 79 || !printable || !keyword.equals(keyword.strip())) {
                throw new IllegalArgumentException("a keyword has 1 to 79 printable Latin-1 characters and no space at"
                        + " its ends, got \"" + keyword + "\"");
            }
        }
    }

    /** The same with other texts. */
    public WriteOptions withTexts(Map<String, String> newTexts) {
        return new WriteOptions(quality, newTexts);
    }
}
