package dev.nextstep.engine;

/**
 * Normal numbers from a counter-based generator (Philox 4×32-10, Salmon et al. 2011): each number is a function of (seed,
 * picture, token, draw, index) and of nothing else. So a picture does not depend on what is drawn beside it, on the
 * order of work or on the number of threads, and any part of it can be drawn again alone.
 *
 * @param seed any 64-bit number
 */
public record SeededNoise(long seed) implements NoiseSource {
    private static final int M0 = 0xD2511F53;
    private static final int M1 = 0xCD9E8D57;
    private static final int W0 = 0x9E3779B9;
    private static final int W1 = 0xBB67AE85;
    private static final int ROUNDS = 10;

    @Override
    public void fill(int picture, int token, int draw, float[] target, int at, int n) {
        var block = new int[4];
        for (int i = 0; i < n; i += 4) {
            philox(picture, token, draw, i / 4, block);
            normals(block[0], block[1], target, at + i, n - i);
            normals(block[2], block[3], target, at + i + 2, n - i - 2);
        }
    }

    /** A uniform number in [0, 1) for choosing text tokens, from a stream apart from the pictures'. */
    double uniform(int step) {
        var block = new int[4];
        philox(-1, step, 0, 0, block);
        long bits = (((long) block[0] << 32) | (block[1] & 0xffffffffL)) >>> 11;
        return bits * 0x1p-53;
    }

    // Box–Muller in double precision with StrictMath: the same bits on every machine.
    private static void normals(int a, int b, float[] target, int at, int room) {
        if (room <= 0) {
            return;
        }
        double u = ((a & 0xffffffffL) + 1) * 0x1p-32; // (0, 1], so that the logarithm is finite
        double angle = (b & 0xffffffffL) * (0x1p-32 * 2 * Math.PI);
        double radius = Math.sqrt(-2 * StrictMath.log(u));
        target[at] = (float) (radius * StrictMath.cos(angle));
        if (room > 1) {
            target[at + 1] = (float) (radius * StrictMath.sin(angle));
        }
    }

    private void philox(int c0, int c1, int c2, int c3, int[] out) {
        int k0 = (int) seed;
        int k1 = (int) (seed >>> 32);
        for (int i = 0; i < ROUNDS; i++) {
            long p0 = (M0 & 0xffffffffL) * (c0 & 0xffffffffL);
            long p1 = (M1 & 0xffffffffL) * (c2 & 0xffffffffL);
            c0 = (int) (p1 >>> 32) ^ c1 ^ k0;
            c2 = (int) (p0 >>> 32) ^ c3 ^ k1;
            c1 = (int) p1;
            c3 = (int) p0;
            k0 += W0;
            k1 += W1;
        }
        out[0] = c0;
        out[1] = c1;
        out[2] = c2;
        out[3] = c3;
    }

    /** The raw generator, for its published test vectors. */
    static int[] philox(int[] counter, int[] key) {
        var out = new int[4];
        new SeededNoise(key[1] * (1L << 32) + (key[0] & 0xffffffffL))
                .philox(counter[0], counter[1], counter[2], counter[3], out);
        return out;
    }
}
