package dev.nextstep.train.run;

import java.util.random.RandomGenerator;

/**
 * Numbers of a counter-based generator (Philox 4×32-10, Salmon and others 2011) in their order. The same bits on every
 * machine: only additions, multiplications, divisions and square roots, whose rounding is laid down. Normal numbers cost
 * about as much as two divisions. For one thread.
 */
public final class RandomStream implements RandomGenerator {
    private static final long M0 = 0xD2511F53L;
    private static final long M1 = 0xCD9E8D57L;
    private static final int W0 = 0x9E3779B9;
    private static final int W1 = 0xBB67AE85;
    private static final int ROUNDS = 10;
    private static final long MASK = 0xffffffffL;

    private final int key0;
    private final int key1;
    private final int c1;
    private final int c2;
    private final int c3;
    private final int[] block = new int[4];
    private long nextBlock;
    private int used = 4;

    RandomStream(long key, int c1, int c2, int c3) {
        key0 = (int) key;
        key1 = (int) (key >>> 32);
        this.c1 = c1;
        this.c2 = c2;
        this.c3 = c3;
    }

    /** Fills an array with standard normal numbers. */
    public void normals(float[] target) {
        normals(target, 0, target.length);
    }

    /** Fills a part of an array with standard normal numbers; starts at a fresh block of the generator. */
    public void normals(float[] target, int from, int count) {
        var pair = new double[2];
        for (int i = 0; i < count; i += 4) {
            philox();
            for (int half = 0; half < 4 && i + half < count; half += 2) {
                NormalPair.of(block[half], block[half + 1], pair);
                target[from + i + half] = (float) pair[0];
                if (i + half + 1 < count) {
                    target[from + i + half + 1] = (float) pair[1];
                }
            }
        }
        used = 4;
    }

    /** Fills an array with numbers of 24 bits, evenly spread over [0, 1); starts at a fresh block. */
    public void uniforms(float[] target) {
        for (int i = 0; i < target.length; i += 4) {
            philox();
            for (int k = 0; k < 4 && i + k < target.length; k++) {
                target[i + k] = (block[k] >>> 8) * 0x1p-24f;
            }
        }
        used = 4;
    }

    @Override
    public int nextInt() {
        if (used == 4) {
            philox();
            used = 0;
        }
        return block[used++];
    }

    @Override
    public long nextLong() {
        long high = nextInt();
        return (high << 32) | (nextInt() & MASK);
    }

    @Override
    public double nextGaussian() {
        var pair = new double[2];
        NormalPair.of(nextInt(), nextInt(), pair);
        return pair[0];
    }

    /** The numbers 0 to n − 1 in a random order. */
    public int[] permutation(int n) {
        var order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    private void philox() {
        if (nextBlock > MASK) {
            throw new IllegalStateException("a stream has 2^34 numbers");
        }
        int x0 = (int) nextBlock++;
        int x1 = c1;
        int x2 = c2;
        int x3 = c3;
        int k0 = key0;
        int k1 = key1;
        for (int round = 0; round < ROUNDS; round++) {
            long p0 = M0 * (x0 & MASK);
            long p1 = M1 * (x2 & MASK);
            x0 = (int) (p1 >>> 32) ^ x1 ^ k0;
            x2 = (int) (p0 >>> 32) ^ x3 ^ k1;
            x1 = (int) p1;
            x3 = (int) p0;
            k0 += W0;
            k1 += W1;
        }
        block[0] = x0;
        block[1] = x1;
        block[2] = x2;
        block[3] = x3;
    }
}
