package dev.nextstep.train.measure;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

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

    /** A stream of random numbers of a seed and a purpose: a counter hashed with SplitMix64's finaliser. */
    static final class Numbers implements RandomGenerator {
        private static final long GAMMA = 0x9E3779B97F4A7C15L;
        private long state;

        Numbers(long seed, String purpose) {
            state = of(seed, purpose);
        }

        @Override
        public long nextLong() {
            state += GAMMA;
            long z = state;
            z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
            z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
            return z ^ (z >>> 31);
        }

        /** A random order of 0 to n − 1. */
        int[] permutation(int n) {
            var order = new int[n];
            for (int i = 0; i < n; i++) {
                int j = nextInt(i + 1);
                order[i] = order[j];
                order[j] = i;
            }
            return order;
        }
    }
}
