package dev.nextstep.data;

import java.util.random.RandomGenerator;

/**
 * Random numbers that are a function of a key and of how many were drawn: the same key, the same numbers, on every
 * machine, in whatever order keys are used. So a choice about sample 17 of epoch 3 needs no state to be made again.
 *
 * <p>A counter hashed with the finalizer of SplitMix64 (Steele, Lea, Flood 2014).
 */
public final class KeyedRandom implements RandomGenerator {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private final long key;
    private long drawn;

    /**
     * Makes a stream of numbers.
     *
     * @param key any numbers, such as seed, epoch and index; order counts
     */
    public KeyedRandom(long... key) {
        long hash = mix(GAMMA ^ key.length);
        for (long part : key) {
            hash = mix(hash + GAMMA ^ mix(part + GAMMA));
        }
        this.key = hash;
    }

    @Override
    public long nextLong() {
        drawn++;
        return mix(key + drawn * GAMMA);
    }

    /** A random order of the numbers 0 … n − 1 (Fisher–Yates). */
    public int[] permutation(int n) {
        var order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /** A number for a text, for use in a key. */
    public static long of(String text) {
        long hash = GAMMA;
        for (int i = 0; i < text.length(); i++) {
            hash = mix(hash + text.charAt(i));
        }
        return hash;
    }

    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }
}
