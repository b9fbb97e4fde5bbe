package dev.nextstep.kernel;

import dev.nextstep.tensor.DataType;

/**
 * Dot products of four rows of blocks with one, two or four activation rows, widened in registers: what drawing tokens costs.
 * For more rows it is cheaper to widen once into memory ({@link Blocks#read}) and use {@link DotTile}; the bits are the
 * same.
 */
final class BlockDot {
    /** Weight rows of a tile. */
    static final int OUTPUTS = 4;

    /** Most activation rows of a tile: narrower vectors have fewer registers for the sums. */
    static final int MOST_ROWS = Lanes.LENGTH == Lanes.LOGICAL ? 4 : 2;

    private BlockDot() {}

    /**
     * Adds to the partial sums of {@value #OUTPUTS} × {@code rows} products: row r, output o at {@code at + r·sumStride + 16·o}.
     *
     * @param w bytes of weight rows
     * @param w0 where the first weight row begins; the others likewise
     * @param x activation rows, {@code xStride} apart, from {@code x0}
     * @param n elements of a row, a whole number of blocks
     * @param rows 1, 2 or 4, at most {@link #MOST_ROWS}
     * @param k scratch for {@link DataType#Q4_K}
     */
    static void add(
            DataType type,
            byte[] w,
            int w0,
            int w1,
            int w2,
            int w3,
            float[] x,
            int x0,
            int xStride,
            int n,
            int rows,
            float[] sums,
            int at,
            int sumStride,
            KScales k) {
        int blocks = n / type.blockElements();
        for (int lane = 0; lane < Lanes.LOGICAL; lane += Lanes.LENGTH) {
            int v0 = w0 + lane;
            int v1 = w1 + lane;
            int v2 = w2 + lane;
            int v3 = w3 + lane;
            int from = x0 + lane;
            int to = at + lane;
            switch (type) {
                case Q8_0 -> Q8Dot.add(w, v0, v1, v2, v3, lane, x, from, xStride, blocks, rows, sums, to, sumStride);
                case Q4_0 -> Q4Dot.add(w, v0, v1, v2, v3, lane, x, from, xStride, blocks, rows, sums, to, sumStride);
                default -> Q4KDot.add(w, v0, v1, v2, v3, k, x, from, xStride, blocks, rows, sums, to, sumStride);
            }
        }
    }

    /** Prepares the scales of {@value #OUTPUTS} rows of {@link DataType#Q4_K} for {@link #add}. */
    static void expand(byte[] w, int w0, int w1, int w2, int w3, int n, KScales k) {
        int blocks = n / DataType.Q4_K.blockElements();
        int groups = blocks * Blocks.K_GROUPS;
        k.expand(w, w0, blocks, 0);
        k.expand(w, w1, blocks, groups);
        k.expand(w, w2, blocks, 2 * groups);
        k.expand(w, w3, blocks, 3 * groups);
    }
}
