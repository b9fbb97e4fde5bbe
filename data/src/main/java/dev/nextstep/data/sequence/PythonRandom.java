package dev.nextstep.data.sequence;

/**
 * The uniform numbers of Python's {@code random.Random(seed).random()}: the Mersenne Twister MT19937 (Matsumoto, Nishimura
 * 1998), seeded by an array of one number, 53 bits taken of two outputs. For parity with choices of the official code.
 */
final class PythonRandom {
    private static final int N = 624;
    private static final int M = 397;

    private final int[] state = new int[N];
    private int at = N;

    /** The generator of a seed from 0 to 2³¹ − 1. */
    PythonRandom(int seed) {
        if (seed < 0) {
            throw new IllegalArgumentException("seed must be in 0..2147483647, got " + seed);
        }
        state[0] = 19650218;
        for (int i = 1; i < N; i++) {
            state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
        }
        int i = 1;
        for (int k = 0; k < N; k++) {
            state[i] = (state[i] ^ (state[i - 1] ^ (state[i - 1] >>> 30)) * 1664525) + seed;
            i = next(i);
        }
        for (int k = 0; k < N - 1; k++) {
            state[i] = (state[i] ^ (state[i - 1] ^ (state[i - 1] >>> 30)) * 1566083941) - i;
            i = next(i);
        }
        state[0] = 0x80000000;
    }

    private int next(int i) {
        if (i + 1 < N) {
            return i + 1;
        }
        state[0] = state[N - 1];
        return 1;
    }

    /** A number in [0, 1). */
    double nextDouble() {
        int a = bits() >>> 5;
        int b = bits() >>> 6;
        return (a * 0x1p26 + b) * 0x1p-53;
    }

    private int bits() {
        if (at == N) {
            for (int k = 0; k < N; k++) {
                int y = (state[k] & 0x80000000) | (state[(k + 1) % N] & 0x7fffffff);
                state[k] = state[(k + M) % N] ^ (y >>> 1) ^ ((y & 1) * 0x9908b0df);
            }
            at = 0;
        }
        int y = state[at++];
        y ^= y >>> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return y ^ (y >>> 18);
    }
}
