package dev.nextstep.kernel;

import dev.nextstep.tensor.Precision;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Attention} over keys and values in pages: the same sums in the same order, so the same bits for the same keys and
 * values, wherever page borders are.
 */
public final class PagedAttention {
    private static final VectorSpecies<Float> S = Lanes.SPECIES;
    private static final ThreadLocal<Pages> PAGES = ThreadLocal.withInitial(Pages::new);

    private PagedAttention() {}

    /**
     * Attends with {@code count} consecutive queries.
     *
     * @param queries [count, heads·headDim] from {@code q0}, after rotation
     * @param pages keys and values of the sequence, those of the queries' own positions included
     * @param start position of the first query; query j sees positions up to {@code start + j}
     * @param kvHead which key/value head, 0-based
     * @param out [count, heads·headDim] from {@code out0}; only this head's group is written
     */
    public static void attend(
            Attention.Shape shape,
            float[] queries,
            int q0,
            int count,
            KeyValuePages pages,
            int start,
            int kvHead,
            float[] out,
            int out0) {
        int width = shape.heads() * shape.headDim();
        for (int j = 0; j < count; j += Attention.QUERIES) {
            int n = Math.min(Attention.QUERIES, count - j);
            block(shape, queries, q0 + j * width, n, pages, start + j, kvHead, out, out0 + j * width);
        }
    }

    private static void block(
            Attention.Shape shape,
            float[] queries,
            int q0,
            int count,
            KeyValuePages pages,
            int start,
            int kvHead,
            float[] out,
            int out0) {
        int group = shape.group();
        int headDim = shape.headDim();
        int stride = shape.cacheStride();
        int width = shape.heads() * headDim;
        int rows = count * group;
        int first = Math.max(0, start - shape.window() + 1);
        first -= first % DotTile.OUTPUTS; // tiles begin at the same keys whatever the block
        int length = (start + count - first + DotTile.OUTPUTS - 1) / DotTile.OUTPUTS * DotTile.OUTPUTS;
        var scratch = Attention.scratch();
        scratch.ensure(rows, stride, length);

        float[] q = scratch.queries;
        for (int j = 0; j < count; j++) {
            for (int g = 0; g < group; g++) {
                int at = (j * group + g) * stride;
                System.arraycopy(queries, q0 + j * width + (kvHead * group + g) * headDim, q, at, headDim);
                Arrays.fill(q, at + headDim, at + stride, 0f);
            }
        }
        score(scratch, pages, kvHead, first, length, stride, rows);
        float scale = (float) (1 / Math.sqrt(headDim));
        for (int j = 0; j < count; j++) {
            int end = start + j + 1 - first;
            int begin = Math.max(0, end - shape.window());
            for (int g = 0; g < group; g++) {
                int r = j * group + g;
                scratch.totals[r] =
                        Attention.softmax(scratch.scores, r * length, begin, end, length, scale, shape.precision());
            }
        }
        weigh(scratch, pages, kvHead, first, start + count - first, length, stride, rows);
        for (int j = 0; j < count; j++) {
            for (int g = 0; g < group; g++) {
                int r = j * group + g;
                int to = out0 + j * width + (kvHead * group + g) * headDim;
                for (int d = 0; d < headDim; d++) {
                    out[to + d] = scratch.weighted[r * stride + d] / scratch.totals[r];
                }
            }
        }
        if (shape.precision() == Precision.REFERENCE_BF16) {
            for (int j = 0; j < count; j++) {
                Bf16.round(out, out0 + j * width + kvHead * group * headDim, group * headDim);
            }
        }
    }

    // Scores of all rows with the keys from `first` on, page by page in tiles of four.
    private static void score(
            Attention.Scratch scratch, KeyValuePages pages, int kvHead, int first, int length, int stride, int rows) {
        int pageLength = pages.pageLength();
        float[] room = PAGES.get().room(pageLength * stride);
        int p = 0;
        while (p < length) {
            int page = (first + p) / pageLength;
            int inPage = (first + p) % pageLength;
            float[] keys = pages.keys(page, kvHead, room);
            int k0 = pages.keysFrom(page, kvHead);
            int stop = Math.min(length, p + pageLength - inPage);
            for (; p < stop; p += DotTile.OUTPUTS, inPage += DotTile.OUTPUTS) {
                Attention.scoreTile(scratch, keys, k0 + inPage * stride, stride, rows, scratch.scores, p, length);
            }
        }
    }

    // weighted[row] = Σ over positions of score · value, positions in order.
    private static void weigh(
            Attention.Scratch scratch,
            KeyValuePages pages,
            int kvHead,
            int first,
            int positions,
            int length,
            int stride,
            int rows) {
        int pageLength = pages.pageLength();
        float[] room = PAGES.get().room(pageLength * stride);
        Arrays.fill(scratch.weighted, 0, rows * stride, 0f);
        int p = 0;
        while (p < positions) {
            int page = (first + p) / pageLength;
            int inPage = (first + p) % pageLength;
            float[] values = pages.values(page, kvHead, room);
            int v0 = pages.valuesFrom(page, kvHead) + inPage * stride;
            int stop = Math.min(positions, p + pageLength - inPage);
            add(scratch, values, v0, p, stop, length, stride, rows);
            p = stop;
        }
    }

    // Adds positions [from, to): lanes run along the head, and four rows share each load of a value.
    private static void add(
            Attention.Scratch scratch, float[] values, int v0, int from, int to, int length, int stride, int rows) {
        float[] p = scratch.scores;
        float[] out = scratch.weighted;
        for (int d = 0; d < stride; d += S.length()) {
            int r = 0;
            for (; r + 4 <= rows; r += 4) {
                int p0 = r * length;
                int p1 = p0 + length;
                int p2 = p1 + length;
                int p3 = p2 + length;
                int o = r * stride + d;
                var a0 = FloatVector.fromArray(S, out, o);
                var a1 = FloatVector.fromArray(S, out, o + stride);
                var a2 = FloatVector.fromArray(S, out, o + 2 * stride);
                var a3 = FloatVector.fromArray(S, out, o + 3 * stride);
                int at = v0 + d;
                for (int i = from; i < to; i++, at += stride) {
                    var v = FloatVector.fromArray(S, values, at);
                    a0 = v.fma(FloatVector.broadcast(S, p[p0 + i]), a0);
                    a1 = v.fma(FloatVector.broadcast(S, p[p1 + i]), a1);
                    a2 = v.fma(FloatVector.broadcast(S, p[p2 + i]), a2);
                    a3 = v.fma(FloatVector.broadcast(S, p[p3 + i]), a3);
                }
                a0.intoArray(out, o);
                a1.intoArray(out, o + stride);
                a2.intoArray(out, o + 2 * stride);
                a3.intoArray(out, o + 3 * stride);
            }
            for (; r < rows; r++) {
                int p0 = r * length;
                var a = FloatVector.fromArray(S, out, r * stride + d);
                int at = v0 + d;
                for (int i = from; i < to; i++, at += stride) {
                    a = FloatVector.fromArray(S, values, at).fma(FloatVector.broadcast(S, p[p0 + i]), a);
                }
                a.intoArray(out, r * stride + d);
            }
        }
    }

    private static final class Pages {
        private float[] room = {};

        float[] room(int n) {
            if (room.length < n) {
                room = new float[n];
            }
            return room;
        }
    }
}
