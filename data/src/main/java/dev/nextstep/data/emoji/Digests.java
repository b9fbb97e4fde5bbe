package dev.nextstep.data.emoji;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Digests that every Java has. */
final class Digests {
    private Digests() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java lacks SHA-256", e);
        }
    }
}
