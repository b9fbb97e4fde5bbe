package dev.nextstep.hub;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What the content of a file must hash to.
 *
 * @param kind how it is computed
 * @param hex lower-case hexadecimal digits
 */
record ContentHash(Kind kind, String hex) {
    /** The two hashes of the hub. */
    enum Kind {
        /** SHA-1 of a git blob: of its header and the content. Small files. */
        GIT_BLOB("SHA-1", 40),
        /** SHA-256 of the content. Large files. */
        SHA_256("SHA-256", 64);

        private final String algorithm;
        private final int digits;

        Kind(String algorithm, int digits) {
            this.algorithm = algorithm;
            this.digits = digits;
        }
    }

    /** The hash if the text has its form. */
    static Optional<ContentHash> of(Kind kind, String hex) {
        return hex.length() == kind.digits && hex.matches("[0-9a-f]+")
                ? Optional.of(new ContentHash(kind, hex))
                : Optional.empty();
    }

    /** A digest that is ready for the content of a file of that size. */
    MessageDigest start(long size) {
        try {
            var digest = MessageDigest.getInstance(kind.algorithm);
            if (kind == Kind.GIT_BLOB) {
                digest.update(("blob " + size + "\0").getBytes(StandardCharsets.US_ASCII));
            }
            return digest;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + kind.algorithm, e);
        }
    }

    /** Whether the digest, which is finished by this, is the expected one. */
    boolean matches(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest()).equals(hex);
    }

    @Override
    public String toString() {
        return kind.algorithm + " " + hex;
    }
}
