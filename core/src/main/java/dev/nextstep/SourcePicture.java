package dev.nextstep;

import dev.nextstep.image.Pixels;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Which picture an edit began from. Two files with the same pixels are the same source.
 *
 * @param sha256 of the pixels as read, [height][width][red, green, blue], in 64 hexadecimal digits
 * @param width in pixels
 * @param height in pixels
 */
public record SourcePicture(String sha256, int width, int height) {
    public SourcePicture {
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(
                    "a SHA-256 has 64 hexadecimal digits in lower case, not '" + sha256 + "'");
        }
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("a picture has at least 1 x 1 pixels, not " + width + " x " + height);
        }
    }

    /** The name of a picture. */
    public static SourcePicture of(Pixels pixels) {
        return new SourcePicture(
                HexFormat.of().formatHex(newSha256().digest(pixels.toBytes())), pixels.width(), pixels.height());
    }

    static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
