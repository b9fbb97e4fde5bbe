package dev.nextstep.data.emoji;

/**
 * Numbers that depend on a seed and a text and on nothing else: not on order, version of Java or machine. FNV-1a over the
 * UTF-16 units, finished as in SplitMix64 (Steele et al. 2014).
 */
final class StableHash {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final long seed;

    StableHash(long seed) {
        this.seed = seed;
    }

    /** 64 well-mixed bits. */
    long bits(String text) {
        long hash = FNV_OFFSET ^ mix(seed);
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return mix(hash);
    }

    /** A number in [0, 1). */
    double unit(String text) {
        return (bits(text) >>> 11) * 0x1p-53;
    }

    private static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
