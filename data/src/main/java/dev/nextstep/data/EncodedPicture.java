package dev.nextstep.data;

import java.util.Locale;

/**
 * A picture as it lies in a shard: the bytes of its file, not decoded.
 *
 * @param extension file name extension without dot, lower case: png, jpg, jpeg or webp
 * @param bytes the file's bytes; not copied, so they must not be changed
 */
public record EncodedPicture(String extension, byte[] bytes) {
    /** Checks the extension's form. */
    public EncodedPicture {
        if (!extension.equals(extension.toLowerCase(Locale.ROOT)) || extension.isEmpty() || extension.contains(".")) {
            throw new IllegalArgumentException("extension '" + extension + "': must be lower case and without dot");
        }
    }
}
