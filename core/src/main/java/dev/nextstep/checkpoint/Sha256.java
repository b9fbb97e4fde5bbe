package dev.nextstep.checkpoint;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256, which every Java platform has. */
final class Sha256 {
    private static final int BUFFER = 1 << 16;

    private Sha256() {}

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static byte[] of(byte[] bytes) {
        return digest().digest(bytes);
    }

    static byte[] of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds all bytes of a segment. */
    static void update(MessageDigest digest, MemorySegment data) {
        var buffer = new byte[BUFFER];
        for (long at = 0; at < data.byteSize(); at += BUFFER) {
            int bytes = (int) Math.min(BUFFER, data.byteSize() - at);
            MemorySegment.copy(data, ValueLayout.JAVA_BYTE, at, buffer, 0, bytes);
            digest.update(buffer, 0, bytes);
        }
    }
}
