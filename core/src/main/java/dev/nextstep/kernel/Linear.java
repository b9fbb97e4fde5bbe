package dev.nextstep.kernel;

import dev.nextstep.tensor.DataType;
import dev.nextstep.tensor.Tensor;
import dev.nextstep.tensor.TensorSource;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A linear layer y = x·Wᵀ + b whose weights stay where and as they are stored (F32, F16, BF16 or one of the
 * block formats Q8_0, Q4_0, Q4_K); they are widened to fp32 a few rows at a time while they are multiplied. Activations
 * and accumulation are fp32, so a block format gives the very result of its widened weights.
 *
 * <p>A row's result has the same bits whatever other rows are in the call, whatever the team's size and the vector width.
 * Thread-safe.
 */
public final class Linear {
    // Outputs that are finished together: four tiles of DotTile.OUTPUTS.
    private static final int GROUP = 16;
    // Inner dimension taken at once: four weight rows of this length (16 KiB) stay in the first-level cache.
    private static final int CHUNK = 1024;
    // Activation rows that share one widening of the weights; their partial sums (64 KiB) stay in the second-level
    // cache.
    private static final int ROWS = 64;
    // Up to so many activation rows the weights come from memory no faster than they are multiplied.
    private static final int FEW = 8;
    // Up to so many activation rows blocks are widened in registers, more than once if need be.
    private static final int FEW_IN_REGISTERS = 4;
    // Most bytes of weights that are fetched at once.
    private static final long FETCH = 1 << 20;
    // Below this many multiply-adds handing work to another thread costs more than it saves (a few µs of work).
    private static final long ALONE = 60_000;

    // Bytes of weights in a block format that are copied at once: small enough for the second-level cache.
    private static final int COPY = 96 << 10;

    private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

    private final Tensor weight;
    private final float @Nullable [] bias;
    private final int inputs;
    private final int outputs;

    private Linear(Tensor weight, float @Nullable [] bias) {
        this.weight = weight;
        this.bias = bias;
        this.outputs = weight.dimension(0);
        this.inputs = weight.dimension(1);
    }

    /** A layer over a weight [outputs, inputs] and a bias [outputs]. */
    public static Linear of(Tensor weight, Tensor bias) {
        return new Linear(weight, bias.toFloats());
    }

    /** A layer without bias over a weight [outputs, inputs]. */
    public static Linear of(Tensor weight) {
        return new Linear(weight, null);
    }

    /**
     * {@code name.weight} [outputs, inputs] and {@code name.bias} [outputs].
     *
     * @throws dev.nextstep.tensor.TensorException if one is missing or misshapen
     */
    public static Linear load(TensorSource weights, String name, int outputs, int inputs) {
        return of(weights.require(name + ".weight", outputs, inputs), weights.require(name + ".bias", outputs));
    }

    /** {@code name.weight} [outputs, inputs] without a bias. */
    public static Linear loadWithoutBias(TensorSource weights, String name, int outputs, int inputs) {
        return of(weights.require(name + ".weight", outputs, inputs));
    }

    /** Length of an input row. */
    public int inputs() {
        return inputs;
    }

    /** Length of an output row. */
    public int outputs() {
        return outputs;
    }

    /** The bias, if there is one: for callers that must add it separately. */
    public float @Nullable [] bias() {
        return bias == null ? null : bias.clone();
    }

    /** This layer without its bias. */
    public Linear withoutBias() {
        return new Linear(weight, null);
    }

    /** y[rows, outputs] = x[rows, inputs]·Wᵀ + b, both packed from index 0. */
    public void forward(ThreadTeam team, float[] x, int rows, float[] y) {
        forward(team, x, 0, rows, y, 0);
    }

    /** y[rows, outputs] from {@code y0} = x[rows, inputs] from {@code x0} · Wᵀ + b. */
    public void forward(ThreadTeam team, float[] x, int x0, int rows, float[] y, int y0) {
        if (rows == 0) {
            return;
        }
        if (x.length < x0 + (long) rows * inputs || y.length < y0 + (long) rows * outputs) {
            throw new IllegalArgumentException("%d rows of %d → %d do not fit arrays of %d and %d values"
                    .formatted(rows, inputs, outputs, x.length - x0, y.length - y0));
        }
        int padded = (inputs + Lanes.LOGICAL - 1) / Lanes.LOGICAL * Lanes.LOGICAL;
        int groups = (outputs + GROUP - 1) / GROUP;
        for (int r = 0; r < rows; r += ROWS) {
            int now = Math.min(ROWS, rows - r);
            int y1 = y0 + r * outputs;
            long work = (long) now * inputs * outputs;
            int pieces = work < ALONE ? 1 : Math.min(groups, 4 * team.size());
            boolean isMany = now > FEW_IN_REGISTERS; // a copy pays, and asking where arrays begin
            float[] source = x;
            int source0 = x0 + r * inputs;
            if (isMany || padded != inputs) {
                var copy = SCRATCH.get().inputs(now * padded);
                source = copy;
                source0 = isMany ? CacheLines.begin(copy) : 0;
                copy(x, x0 + r * inputs, now, copy, source0, padded);
            }
            float[] from = source;
            int from0 = source0;
            team.run(pieces, piece -> {
                int first = (int) ((long) groups * piece / pieces);
                int end = (int) ((long) groups * (piece + 1) / pieces);
                var scratch = SCRATCH.get();
                scratch.align(isMany);
                for (int g = first; g < end; g++) {
                    group(scratch, g * GROUP, from, from0, padded, now, y, y1);
                }
            });
        }
    }

    // Each row with zeros behind it, so that tiles need no tail.
    private void copy(float[] x, int x0, int rows, float[] target, int at, int padded) {
        for (int r = 0; r < rows; r++) {
            int end = at + r * padded + inputs;
            System.arraycopy(x, x0 + r * inputs, target, at + r * padded, inputs);
            Arrays.fill(target, end, end + padded - inputs, 0f);
        }
    }

    private void group(Scratch scratch, int firstOutput, float[] x, int x0, int padded, int rows, float[] y, int y0) {
        int present = Math.min(GROUP, outputs - firstOutput);
        if (rows <= FEW_IN_REGISTERS && Blocks.VECTORS && weight.type().isBlocks()) {
            blockGroup(scratch, firstOutput, present, x, x0, rows, y, y0);
            return;
        }
        boolean fits = Lanes.LENGTH == Lanes.LOGICAL && padded <= CHUNK;
        if (!fits && rows <= FEW && RowDot.takes(weight.type()) && padded == inputs && present == GROUP) {
            directGroup(scratch, firstOutput, x, x0, rows, y, y0);
            return;
        }
        if (fits) {
            shortGroup(scratch, firstOutput, present, x, x0, padded, rows, y, y0);
            return;
        }
        int tiles = (present + DotTile.OUTPUTS - 1) / DotTile.OUTPUTS;
        int tileSums = DotTile.OUTPUTS * rows * Lanes.LOGICAL;
        int s = scratch.sumsAt;
        int w = scratch.weightsAt;
        Arrays.fill(scratch.sums, s, s + tiles * tileSums, 0f);
        if (rows <= FEW && weight.type().bytes((long) DotTile.OUTPUTS * inputs) <= FETCH) {
            // The weights take longer to come than to multiply, and they come fastest in long stretches.
            for (int tile = 0; tile < tiles; tile++) {
                int output = firstOutput + tile * DotTile.OUTPUTS;
                int count = Math.min(DotTile.OUTPUTS, outputs - output);
                scratch.reader.fetch(weight, (long) output * inputs, count * inputs);
                if (weight.type() == DataType.F32 && count == DotTile.OUTPUTS && padded == inputs) {
                    add(
                            scratch.reader.floats(),
                            0,
                            inputs,
                            inputs,
                            x,
                            x0,
                            padded,
                            rows,
                            scratch.sums,
                            s + tile * tileSums);
                    continue;
                }
                for (int k = 0; k < padded; k += CHUNK) {
                    int n = Math.min(CHUNK, padded - k);
                    widenFetched(scratch, k, n, count);
                    add(scratch.weights, w, n, n, x, x0 + k, padded, rows, scratch.sums, s + tile * tileSums);
                }
            }
        } else {
            for (int k = 0; k < padded; k += CHUNK) {
                int n = Math.min(CHUNK, padded - k);
                for (int tile = 0; tile < tiles; tile++) {
                    widen(firstOutput + tile * DotTile.OUTPUTS, k, n, DotTile.OUTPUTS, scratch);
                    add(scratch.weights, w, n, n, x, x0 + k, padded, rows, scratch.sums, s + tile * tileSums);
                }
            }
        }
        finish(scratch, s, firstOutput, present, tiles * DotTile.OUTPUTS * rows, rows, y, y0);
    }

    // Rows of one piece: sums never leave the registers, and all sixteen weight rows are widened at once. The same
    // bits.
    private void shortGroup(
            Scratch scratch, int firstOutput, int present, float[] x, int x0, int padded, int rows, float[] y, int y0) {
        float[] w = scratch.weights;
        float[] sums = scratch.sums;
        float[] folded = scratch.folded;
        int w0 = scratch.weightsAt;
        int s = scratch.sumsAt;
        widen(firstOutput, 0, padded, GROUP, scratch);
        int r = 0;
        for (; r + 4 <= rows; r += 4) {
            for (int o = 0; o < present; o += 4) {
                DotTile.whole4x4(w, w0 + o * padded, padded, x, x0 + r * padded, padded, padded, sums, s);
                Lanes.fold16(sums, s, folded, 0);
                for (int i = 0; i < 4; i++) {
                    put(folded, 4 * i, firstOutput + o, Math.min(4, present - o), y, y0 + (r + i) * outputs);
                }
            }
        }
        if (r + 2 <= rows) {
            for (int o = 0; o < present; o += 8) {
                DotTile.whole2x8(w, w0 + o * padded, padded, x, x0 + r * padded, padded, padded, sums, s);
                Lanes.fold16(sums, s, folded, 0);
                int n = Math.min(8, present - o);
                put(folded, 0, firstOutput + o, n, y, y0 + r * outputs);
                put(folded, 8, firstOutput + o, n, y, y0 + (r + 1) * outputs);
            }
            r += 2;
        }
        if (r < rows) {
            DotTile.whole1x16(w, w0, padded, x, x0 + r * padded, padded, sums, s);
            Lanes.fold16(sums, s, folded, 0);
            put(folded, 0, firstOutput, present, y, y0 + r * outputs);
        }
    }

    // A few rows with weights that come from memory once. The same bits.
    private void directGroup(Scratch scratch, int firstOutput, float[] x, int x0, int rows, float[] y, int y0) {
        var type = weight.type();
        long stride = type.bytes(inputs);
        int tiles = GROUP / RowDot.OUTPUTS;
        int tileSums = RowDot.OUTPUTS * rows * Lanes.LOGICAL;
        Arrays.fill(scratch.sums, 0, tiles * tileSums, 0f);
        for (int tile = 0; tile < tiles; tile++) {
            long from = (firstOutput + (long) tile * RowDot.OUTPUTS) * stride;
            int r = 0;
            while (r < rows) {
                int now = Math.min(RowDot.MOST_ROWS, Integer.highestOneBit(rows - r));
                int at = tile * tileSums + r * RowDot.OUTPUTS * Lanes.LOGICAL;
                RowDot.add(
                        type, weight.data(), from, stride, x, x0 + r * inputs, inputs, inputs, now, scratch.sums, at);
                r += now;
            }
        }
        finish(scratch, 0, firstOutput, GROUP, tiles * RowDot.OUTPUTS * rows, rows, y, y0);
    }

    // A few rows with weights in blocks, which are widened in registers. The same bits again.
    private void blockGroup(
            Scratch scratch, int firstOutput, int present, float[] x, int x0, int rows, float[] y, int y0) {
        var type = weight.type();
        int rowBytes = (int) type.bytes(inputs);
        // Rows that are copied together, whole tiles; of very long rows several pieces.
        int tile = BlockDot.OUTPUTS;
        int together = Math.min(GROUP, Math.max(tile, COPY / rowBytes / tile * tile));
        int piece = Math.min(inputs, COPY / tile / type.blockBytes() * type.blockElements());
        float[] sums = scratch.sums;
        var scales = scratch.reader.scales();
        int sumStride = GROUP * Lanes.LOGICAL;
        Arrays.fill(sums, 0, rows * sumStride, 0f);
        for (int o = 0; o < present; o += together) {
            int count = Math.min(together, present - o);
            for (int k = 0; k < inputs; k += piece) {
                int n = Math.min(piece, inputs - k);
                int stride = (int) type.bytes(n);
                byte[] w = scratch.reader.copyBlocks(weight, (long) (firstOutput + o) * inputs + k, inputs, count, n);
                for (int i = 0; i < count; i += tile) {
                    // The last rows may be fewer than a tile: the last one stands in for those that are not there.
                    int w0 = i * stride;
                    int w1 = Math.min(i + 1, count - 1) * stride;
                    int w2 = Math.min(i + 2, count - 1) * stride;
                    int w3 = Math.min(i + 3, count - 1) * stride;
                    if (type == DataType.Q4_K) {
                        BlockDot.expand(w, w0, w1, w2, w3, n, scales);
                    }
                    int r = 0;
                    while (r < rows) {
                        int now = Math.min(BlockDot.MOST_ROWS, Integer.highestOneBit(rows - r));
                        int at = r * sumStride + (o + i) * Lanes.LOGICAL;
                        int from = x0 + r * inputs + k;
                        BlockDot.add(type, w, w0, w1, w2, w3, x, from, inputs, n, now, sums, at, sumStride, scales);
                        r += now;
                    }
                }
            }
        }
        for (int r = 0; r < rows; r++) {
            Lanes.fold16(sums, r * sumStride, scratch.folded, 0);
            put(scratch.folded, 0, firstOutput, present, y, y0 + r * outputs);
        }
    }

    private void put(float[] folded, int from, int output, int n, float[] y, int row) {
        if (bias == null) {
            System.arraycopy(folded, from, y, row + output, n);
        } else {
            for (int i = 0; i < n; i++) {
                y[row + output + i] = folded[from + i] + bias[output + i];
            }
        }
    }

    private static void add(
            float[] w,
            int w0,
            int wStride,
            int n,
            float[] x,
            int x0,
            int stride,
            int rows,
            float[] sums,
            int tileSums) {
        int perRow = DotTile.OUTPUTS * Lanes.LOGICAL;
        int r = 0;
        for (; r + 4 <= rows; r += 4) {
            DotTile.add(w, w0, wStride, x, x0 + r * stride, stride, n, 4, sums, tileSums + r * perRow);
        }
        if (r + 2 <= rows) {
            DotTile.add(w, w0, wStride, x, x0 + r * stride, stride, n, 2, sums, tileSums + r * perRow);
            r += 2;
        }
        if (r < rows) {
            DotTile.add(w, w0, wStride, x, x0 + r * stride, stride, n, 1, sums, tileSums + r * perRow);
        }
    }

    // The same stretch of some fetched rows; zeros where the row or the layer ends.
    private void widenFetched(Scratch scratch, int k, int n, int count) {
        int real = Math.min(n, inputs - k);
        int w = scratch.weightsAt;
        for (int o = 0; o < count; o++) {
            scratch.reader.widen(o * inputs + k, real, scratch.weights, w + o * n);
            Arrays.fill(scratch.weights, w + o * n + real, w + (o + 1) * n, 0f);
        }
        Arrays.fill(scratch.weights, w + count * n, w + DotTile.OUTPUTS * n, 0f);
    }

    // Some weight rows, n long each; zeros where the row or the layer ends.
    private void widen(int firstOutput, int k, int n, int count, Scratch scratch) {
        int real = Math.min(n, inputs - k);
        int present = Math.min(count, outputs - firstOutput);
        long from = (long) firstOutput * inputs + k;
        int w = scratch.weightsAt;
        if (real == n && n == inputs) {
            scratch.reader.read(weight, from, present * n, scratch.weights, w);
        } else {
            for (int o = 0; o < present; o++) {
                scratch.reader.read(weight, from + (long) o * inputs, real, scratch.weights, w + o * n);
                Arrays.fill(scratch.weights, w + o * n + real, w + (o + 1) * n, 0f);
            }
        }
        Arrays.fill(scratch.weights, w + present * n, w + count * n, 0f);
    }

    // Sums of product (tile, row, output in tile), sixteen products at a time, to y with the bias. The indices are
    // counted along: dividing for each product costs as much as folding it.
    private void finish(
            Scratch scratch, int sumsAt, int firstOutput, int present, int products, int rows, float[] y, int y0) {
        float[] folded = scratch.folded;
        int tileOutput = 0;
        int row = 0;
        int inTile = 0;
        for (int p = 0; p < products; p += 16) {
            Lanes.fold16(scratch.sums, sumsAt + p * Lanes.LOGICAL, folded, 0);
            int n = Math.min(16, products - p);
            for (int i = 0; i < n; i++) {
                int o = tileOutput + inTile;
                if (o < present) {
                    int output = firstOutput + o;
                    y[y0 + row * outputs + output] = bias == null ? folded[i] : folded[i] + bias[output];
                }
                if (++inTile == DotTile.OUTPUTS) {
                    inTile = 0;
                    if (++row == rows) {
                        row = 0;
                        tileOutput += DotTile.OUTPUTS;
                    }
                }
            }
        }
    }

    private static final class Scratch {
        final float[] weights = new float[GROUP * CHUNK + CacheLines.SLACK];
        final WeightReader reader = new WeightReader();
        final float[] sums = new float[GROUP * ROWS * Lanes.LOGICAL + 16 * Lanes.LOGICAL + CacheLines.SLACK];
        final float[] folded = new float[16];
        private float[] inputs = new float[0];
        int weightsAt;
        int sumsAt;

        // Asking takes as long as a product of a few short rows.
        void align(boolean isMany) {
            weightsAt = isMany ? CacheLines.begin(weights) : 0;
            sumsAt = isMany ? CacheLines.begin(sums) : 0;
        }

        // For a copy of so many values; who calls forward owns it until that returns.
        float[] inputs(int n) {
            if (inputs.length < n + CacheLines.SLACK) {
                inputs = new float[n + CacheLines.SLACK];
            }
            return inputs;
        }
    }
}
