package dev.nextstep.train.measure;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Numbers that follow from a seed and words alone, on every machine: what is chosen does not depend on order. */
final class StableHash {
    private StableHash() {}

    /** 64 bits of a SHA-256 over the seed and the words. */
    static long of(long seed, String... words) {
        return ByteBuffer.wrap(digest(seed, words)).getLong();
    }

    /** All of it, in 64 hexadecimal digits. */
    static String hex(long seed, String... words) {
        return HexFormat.of().formatHex(digest(seed, words));
    }

    private static byte[] digest(long seed, String... words) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(ByteBuffer.allocate(8).putLong(seed).array());
            for (String word : words) {
                byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
                digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
                digest.update(bytes);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
