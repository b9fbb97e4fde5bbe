package dev.nextstep.server.store;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Names of content. */
public final class Hashes {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private Hashes() {}

    /** The hash of content, in 64 hexadecimal digits. */
    public static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Whether that is such a hash. */
    static boolean isSha256(String name) {
        return SHA256.matcher(name).matches();
    }

    /**
     * The same, if it is such a hash: nothing else becomes part of a path.
     *
     * @throws IllegalArgumentException if it is none
     */
    static String requireSha256(String name) {
        if (!isSha256(name)) {
            throw new IllegalArgumentException("not a SHA-256 in lower case: " + name);
        }
        return name;
    }
}
