package dev.nextstep.kernel;

import dev.nextstep.tensor.Precision;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Attention of every position of a picture to all positions, one head as wide as the picture has channels:
 * softmax(Q·Kᵀ/√channels)·V (spec §4.2).
 *
 * <p>A piece of work computes all scores of a few queries, so each thread holds queries × positions scores and never
 * the whole matrix; the softmax is the plain one, with the sum of the exponentials in double.
 */
public final class SpatialAttention {
    private static final int QUERIES = 48;
    private static final int DEPTH = 128;

    private SpatialAttention() {}

    /**
     * The attended values.
     *
     * @param q whole picture
     * @param k likewise, same size
     * @param v likewise
     * @return whole picture of the same size
     */
    public static FeatureMap apply(
            FeatureMap q, FeatureMap k, FeatureMap v, Precision precision, GemmWorkspace workspace) {
        int positions = q.height() * q.width();
        int channels = q.channels();
        var keys = GemmPanels.empty(channels, positions);
        workspace.team().run(keys.count(), panel -> keys.packTransposed(k.data(), panel));
        var values = GemmPanels.empty(positions, channels);
        workspace.team().run(values.count(), panel -> values.packRows(v.data(), panel));
        var output = FeatureMap.zeros(q.height(), q.width(), channels);
        int queries =
                Math.min(QUERIES, Math.ceilDiv(positions, 2 * workspace.team().size()));
        workspace.run(Math.ceilDiv(positions, queries), (scratch, piece) -> {
            int first = piece * queries;
            int count = Math.min(queries, positions - first);
            attend(q, keys, values, output, first, count, precision, scratch);
        });
        return output;
    }

    private static void attend(
            FeatureMap q,
            GemmPanels keys,
            GemmPanels values,
            FeatureMap output,
            int first,
            int count,
            Precision precision,
            GemmWorkspace.Scratch scratch) {
        int positions = keys.columns();
        int channels = keys.depth();
        int stride = keys.count() * keys.width();
        int[] rows = scratch.rows(count);

        float[] scores = scratch.input(count * stride);
        Arrays.fill(scores, 0, count * stride, 0);
        for (int i = 0; i < count; i++) {
            rows[i] = (first + i) * channels;
        }
        for (int panel = 0; panel < keys.count(); panel++) {
            for (int d = 0; d < channels; d += DEPTH) {
                int n = Math.min(DEPTH, channels - d);
                GemmKernels.multiply(
                        q.data(),
                        d,
                        rows,
                        count,
                        keys.data(),
                        keys.offset(panel, d),
                        n,
                        keys.width(),
                        scores,
                        panel * keys.width(),
                        stride);
            }
        }

        float scale = (float) (1 / Math.sqrt(channels));
        var sums = new double[count];
        for (int i = 0; i < count; i++) {
            sums[i] = exponentials(scores, i * stride, positions, scale);
            if (precision == Precision.REFERENCE_BF16) {
                // As the reference's CPU kernel does: rounded exponentials times V, divided by the unrounded sum.
                Bf16.round(scores, i * stride, positions);
            }
            rows[i] = i * stride;
        }

        int width = values.width();
        float[] weighted = scratch.sums(count * width);
        for (int panel = 0; panel < values.count(); panel++) {
            Arrays.fill(weighted, 0, count * width, 0);
            for (int p = 0; p < positions; p += DEPTH) {
                int n = Math.min(DEPTH, positions - p);
                GemmKernels.multiply(
                        scores, p, rows, count, values.data(), values.offset(panel, p), n, width, weighted, 0, width);
            }
            int n = Math.min(width, channels - panel * width);
            for (int i = 0; i < count; i++) {
                float inverse = (float) (1 / sums[i]);
                int to = (first + i) * channels + panel * width;
                for (int c = 0; c < n; c++) {
                    float y = weighted[i * width + c] * inverse;
                    output.data()[to + c] = precision == Precision.REFERENCE_BF16 ? Bf16.round(y) : y;
                }
            }
        }
    }

    /** Replaces scores by exp(scale · (score − max)) and returns their sum. */
    private static double exponentials(float[] scores, int offset, int length, float scale) {
        float max = Float.NEGATIVE_INFINITY;
        for (int i = offset; i < offset + length; i++) {
            max = Math.max(max, scores[i]);
        }
        var lanes = GemmKernels.LANES;
        int bound = lanes.loopBound(length);
        int i = 0;
        for (; i < bound; i += lanes.length()) {
            var x = FloatVector.fromArray(lanes, scores, offset + i);
            FastExp.exp(x.sub(max).mul(scale)).intoArray(scores, offset + i);
        }
        for (; i < length; i++) {
            scores[offset + i] = FastExp.exp((scores[offset + i] - max) * scale);
        }
        double sum = 0;
        for (int j = offset; j < offset + length; j++) {
            sum += scores[j];
        }
        return sum;
    }
}
