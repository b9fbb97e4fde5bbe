package dev.nextstep.kernel;

import dev.nextstep.tensor.Precision;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Causal attention of new queries over one sequence's cached keys and values, for one key/value head and the query heads
 * that share it (spec §3.4).
 *
 * <p>A query's result depends on that query and the cache only: not on the queries computed beside it, not on threads,
 * not on the vector width.
 */
public final class Attention {
    private static final VectorSpecies<Float> S = Lanes.SPECIES;
    // Queries taken together: they share each key and value load; their scores stay in the second-level cache.
    static final int QUERIES = 16;
    private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

    private Attention() {}

    /**
     * Shape of one attention layer.
     *
     * @param heads query heads
     * @param kvHeads key/value heads; divides {@code heads}
     * @param headDim values per head
     * @param window how many keys back a query sees, itself included; {@link Integer#MAX_VALUE} for all
     * @param precision {@link Precision#REFERENCE_BF16} rounds e^score before it multiplies a value, as the official CPU
     *     kernel does (spec §15.5)
     */
    public record Shape(int heads, int kvHeads, int headDim, int window, Precision precision) {
        /** Query heads that share a key/value head. */
        public int group() {
            return heads / kvHeads;
        }

        /** Values between two cached positions: {@code headDim} rounded up to {@link Lanes#LOGICAL}, zeros behind. */
        public int cacheStride() {
            return (headDim + Lanes.LOGICAL - 1) / Lanes.LOGICAL * Lanes.LOGICAL;
        }
    }

    /**
     * Attends with {@code count} consecutive queries.
     *
     * @param queries [count, heads·headDim] from {@code q0}, after rotation
     * @param keys keys of this head, one each {@link Shape#cacheStride()}, from {@code kv0}; three more positions must be
     *     addressable behind the last
     * @param values values likewise
     * @param start cache position of the first query; query j sees positions up to {@code start + j}
     * @param kvHead which key/value head, 0-based
     * @param out [count, heads·headDim] from {@code out0}; only this head's group is written
     */
    public static void attend(
            Shape shape,
            float[] queries,
            int q0,
            int count,
            float[] keys,
            float[] values,
            int kv0,
            int start,
            int kvHead,
            float[] out,
            int out0) {
        for (int j = 0; j < count; j += QUERIES) {
            int n = Math.min(QUERIES, count - j);
            int width = shape.heads * shape.headDim;
            block(shape, queries, q0 + j * width, n, keys, values, kv0, start + j, kvHead, out, out0 + j * width);
        }
    }

    private static void block(
            Shape shape,
            float[] queries,
            int q0,
            int count,
            float[] keys,
            float[] values,
            int kv0,
            int start,
            int kvHead,
            float[] out,
            int out0) {
        int group = shape.group();
        int headDim = shape.headDim;
        int stride = shape.cacheStride();
        int width = shape.heads * headDim;
        int rows = count * group;
        int first = Math.max(0, start - shape.window + 1);
        first -= first % DotTile.OUTPUTS; // tiles begin at the same keys whatever the block
        int length = (start + count - first + DotTile.OUTPUTS - 1) / DotTile.OUTPUTS * DotTile.OUTPUTS;
        var scratch = SCRATCH.get();
        scratch.ensure(rows, stride, length);

        float[] q = scratch.queries;
        for (int j = 0; j < count; j++) {
            for (int g = 0; g < group; g++) {
                int at = (j * group + g) * stride;
                System.arraycopy(queries, q0 + j * width + (kvHead * group + g) * headDim, q, at, headDim);
                Arrays.fill(q, at + headDim, at + stride, 0f);
            }
        }
        float[] scores = scratch.scores;
        for (int p = 0; p < length; p += DotTile.OUTPUTS) {
            scoreTile(scratch, keys, kv0 + (first + p) * stride, stride, rows, scores, p, length);
        }
        float scale = (float) (1 / Math.sqrt(headDim));
        for (int j = 0; j < count; j++) {
            int end = start + j + 1 - first;
            int begin = Math.max(0, end - shape.window);
            for (int g = 0; g < group; g++) {
                int r = j * group + g;
                scratch.totals[r] = softmax(scores, r * length, begin, end, length, scale, shape.precision);
            }
        }
        weigh(scratch, rows, length, values, kv0 + first * stride, stride);
        for (int j = 0; j < count; j++) {
            for (int g = 0; g < group; g++) {
                int r = j * group + g;
                int to = out0 + j * width + (kvHead * group + g) * headDim;
                for (int d = 0; d < headDim; d++) {
                    out[to + d] = scratch.weighted[r * stride + d] / scratch.totals[r];
                }
            }
        }
        if (shape.precision == Precision.REFERENCE_BF16) {
            for (int j = 0; j < count; j++) {
                Bf16.round(out, out0 + j * width + kvHead * group * headDim, group * headDim);
            }
        }
    }

    // Scores of all rows with four keys: a small matrix product whose "weights" are the keys.
    static void scoreTile(
            Scratch scratch, float[] keys, int k0, int stride, int rows, float[] scores, int p, int length) {
        float[] sums = scratch.sums;
        int products = DotTile.OUTPUTS * rows;
        Arrays.fill(sums, 0, products * Lanes.LOGICAL, 0f);
        int r = 0;
        for (; r + 4 <= rows; r += 4) {
            DotTile.add(keys, k0, stride, scratch.queries, r * stride, stride, stride, 4, sums, r * 64);
        }
        if (r + 2 <= rows) {
            DotTile.add(keys, k0, stride, scratch.queries, r * stride, stride, stride, 2, sums, r * 64);
            r += 2;
        }
        if (r < rows) {
            DotTile.add(keys, k0, stride, scratch.queries, r * stride, stride, stride, 1, sums, r * 64);
        }
        float[] folded = scratch.folded;
        for (int i = 0; i < products; i += 16) {
            Lanes.fold16(sums, i * Lanes.LOGICAL, folded, 0);
            for (int row = i / 4; row < Math.min(rows, i / 4 + 4); row++) {
                System.arraycopy(folded, (row - i / 4) * 4, scores, row * length + p, 4);
            }
        }
    }

    // Turns scores into e^(scaled score − largest), zero outside [begin, end); returns the sum of the unrounded ones.
    static float softmax(float[] scores, int at, int begin, int end, int length, float scale, Precision precision) {
        float max = Float.NEGATIVE_INFINITY;
        for (int i = at + begin; i < at + end; i++) {
            scores[i] *= scale;
            max = Math.max(max, scores[i]);
        }
        Arrays.fill(scores, at, at + begin, 0f);
        Arrays.fill(scores, at + end, at + length, 0f);
        int i = at + begin;
        for (int stop = i + S.loopBound(end - begin); i < stop; i += S.length()) {
            FastExp.exp(FloatVector.fromArray(S, scores, i).sub(max)).intoArray(scores, i);
        }
        for (; i < at + end; i++) {
            scores[i] = FastExp.exp(scores[i] - max);
        }
        double s0 = 0;
        double s1 = 0;
        for (i = begin; i + 1 < end; i += 2) {
            s0 += scores[at + i];
            s1 += scores[at + i + 1];
        }
        if (i < end) {
            s0 += scores[at + i];
        }
        if (precision == Precision.REFERENCE_BF16) {
            Bf16.round(scores, at + begin, end - begin);
        }
        return (float) (s0 + s1);
    }

    // weighted[row] = Σ over positions of score · value, positions in order; lanes run along the head.
    private static void weigh(Scratch scratch, int rows, int length, float[] values, int v0, int stride) {
        float[] p = scratch.scores;
        float[] out = scratch.weighted;
        for (int d = 0; d < stride; d += S.length()) {
            int r = 0;
            for (; r + 4 <= rows; r += 4) {
                int p0 = r * length;
                int p1 = p0 + length;
                int p2 = p1 + length;
                int p3 = p2 + length;
                var a0 = FloatVector.zero(S);
                var a1 = FloatVector.zero(S);
                var a2 = FloatVector.zero(S);
                var a3 = FloatVector.zero(S);
                int at = v0 + d;
                for (int i = 0; i < length; i++, at += stride) {
                    var v = FloatVector.fromArray(S, values, at);
                    a0 = v.fma(FloatVector.broadcast(S, p[p0 + i]), a0);
                    a1 = v.fma(FloatVector.broadcast(S, p[p1 + i]), a1);
                    a2 = v.fma(FloatVector.broadcast(S, p[p2 + i]), a2);
                    a3 = v.fma(FloatVector.broadcast(S, p[p3 + i]), a3);
                }
                a0.intoArray(out, r * stride + d);
                a1.intoArray(out, (r + 1) * stride + d);
                a2.intoArray(out, (r + 2) * stride + d);
                a3.intoArray(out, (r + 3) * stride + d);
            }
            for (; r < rows; r++) {
                int p0 = r * length;
                var a = FloatVector.zero(S);
                int at = v0 + d;
                for (int i = 0; i < length; i++, at += stride) {
                    a = FloatVector.fromArray(S, values, at).fma(FloatVector.broadcast(S, p[p0 + i]), a);
                }
                a.intoArray(out, r * stride + d);
            }
        }
    }

    /** Room of the calling thread. */
    static Scratch scratch() {
        return SCRATCH.get();
    }

    /** Room for one block of queries. */
    static final class Scratch {
        float[] queries = {};
        float[] scores = {};
        float[] weighted = {};
        float[] totals = {};
        float[] sums = {};
        final float[] folded = new float[16];

        void ensure(int rows, int stride, int length) {
            if (queries.length < rows * stride) {
                queries = new float[rows * stride];
                weighted = new float[rows * stride];
            }
            if (scores.length < rows * length) {
                scores = new float[rows * length];
            }
            if (totals.length < rows) {
                totals = new float[rows];
                sums = new float[(rows + 3) / 4 * 4 * DotTile.OUTPUTS * Lanes.LOGICAL];
            }
        }
    }
}
