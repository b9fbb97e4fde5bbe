package dev.nextstep.image;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a picture is written.
 *
 * @param quality of JPEG, 1 to 100; the lossless formats ignore it
 * @param texts keyword to text, kept in their order: text chunks in PNG, an XMP packet in JPEG and WebP, where the text of
 *     {@code parameters} also goes into EXIF's UserComment, in which other tools look for it (in JPEG up to 32 000
 *     characters, which is all that one segment holds). Keywords have 1 to 79 printable Latin-1 characters. A text is any
 *     string, all texts together have at most 8 MiB in UTF-8; a surrogate without its partner becomes U+FFFD
 */
public record WriteOptions(int quality, Map<String, String> texts) {
    /** Quality 95, no texts. */
    public static final WriteOptions DEFAULT = new WriteOptions(95, Map.of());

    public WriteOptions {
        if (quality < 1 || quality > 100) {
            throw new IllegalArgumentException("quality must be in 1..100, got " + quality);
        }
        Map<String, String> wellFormed = new LinkedHashMap<>();
        long bytes = 0;
        for (var text : texts.entrySet()) {
            String value = wellFormed(text.getValue());
            bytes += value.getBytes(StandardCharsets.UTF_8).length;
            wellFormed.put(text.getKey(), value);
        }
        if (bytes > PngText.DEFAULT_LIMIT) {
            throw new IllegalArgumentException(
                    "texts have " + bytes + " bytes in UTF-8; at most " + PngText.DEFAULT_LIMIT + " are written");
        }
        texts = Collections.unmodifiableMap(wellFormed);
        for (String keyword : texts.keySet()) {
            boolean printable = keyword.chars().allMatch(c -> (c >= 32 && c <= 126) || (c >= 161 && c <= 255));
            if (keyword.isEmpty() || keyword.length() > 79 || !printable || !keyword.equals(keyword.strip())) {
                throw new IllegalArgumentException("a keyword has 1 to 79 printable Latin-1 characters and no space at"
                        + " its ends, got \"" + keyword + "\"");
            }
        }
    }

    private static String wellFormed(String text) {
        if (text.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> out.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c));
        return out.toString();
    }

    /** The same with other texts. */
    public WriteOptions withTexts(Map<String, String> newTexts) {
        return new WriteOptions(quality, newTexts);
    }
}
