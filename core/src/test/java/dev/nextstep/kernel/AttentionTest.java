package dev.nextstep.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nextstep.tensor.Precision;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AttentionTest {

    @Test
    void isCloseToTheDefinitionAndDoesNotDependOnNeighbours() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            int kvHeads = 1 + random.nextInt(3);
            int heads = kvHeads * (1 + random.nextInt(5));
            int headDim = 2 * (1 + random.nextInt(40));
            int start = random.nextInt(40);
            int count = 1 + random.nextInt(i % 5 == 0 ? 40 : 4);
            int window = i % 4 == 0 ? 1 + random.nextInt(20) : Integer.MAX_VALUE;
            var shape = new Attention.Shape(heads, kvHeads, headDim, window, Precision.FP32);
            String what = "seed %d, case %d: %s, %d queries from %d".formatted(seed, i, shape, count, start);
            int stride = shape.cacheStride();
            int length = start + count;
            float[] keys = cache(random, kvHeads, length, headDim, stride);
            float[] values = cache(random, kvHeads, length, headDim, stride);
            int perHead = (length + 3) / 4 * 4 * stride;
            float[] queries = floats(random, count * heads * headDim);
            var out = new float[queries.length];
            for (int h = 0; h < kvHeads; h++) {
                Attention.attend(shape, queries, 0, count, keys, values, h * perHead, start, h, out, 0);
            }
            compare(what, shape, queries, keys, values, perHead, start, count, out);
            int j = random.nextInt(count); // one query alone, at its own place
            var alone = new float[heads * headDim];
            for (int h = 0; h < kvHeads; h++) {
                Attention.attend(
                        shape, queries, j * heads * headDim, 1, keys, values, h * perHead, start + j, h, alone, 0);
            }
            assertThat(alone)
                    .as(what + ", query " + j + " alone")
                    .containsExactly(Arrays.copyOfRange(out, j * heads * headDim, (j + 1) * heads * headDim));
        }
    }

    private static void compare(
            String what,
            Attention.Shape shape,
            float[] queries,
            float[] keys,
            float[] values,
            int perHead,
            int start,
            int count,
            float[] out) {
        int dim = shape.headDim();
        int width = shape.heads() * dim;
        for (int j = 0; j < count; j++) {
            int end = start + j + 1;
            int begin = Math.max(0, end - shape.window());
            for (int h = 0; h < shape.heads(); h++) {
                int kv = h / shape.group() * perHead;
                var weights = new double[end];
                double max = Double.NEGATIVE_INFINITY;
                for (int p = begin; p < end; p++) {
                    for (int d = 0; d < dim; d++) {
                        weights[p] +=
                                (double) queries[j * width + h * dim + d] * keys[kv + p * shape.cacheStride() + d];
                    }
                    weights[p] /= Math.sqrt(dim);
                    max = Math.max(max, weights[p]);
                }
                double sum = 0;
                for (int p = begin; p < end; p++) {
                    weights[p] = Math.exp(weights[p] - max);
                    sum += weights[p];
                }
                for (int d = 0; d < dim; d++) {
                    double expected = 0;
                    for (int p = begin; p < end; p++) {
                        expected += weights[p] / sum * values[kv + p * shape.cacheStride() + d];
                    }
                    assertThat((double) out[j * width + h * dim + d])
                            .as("%s: query %d, head %d, value %d", what, j, h, d)
                            .isCloseTo(expected, org.assertj.core.data.Offset.offset(2e-5));
                }
            }
        }
    }

    private static float[] cache(Random random, int heads, int length, int headDim, int stride) {
        int positions = (length + 3) / 4 * 4;
        var cache = new float[heads * positions * stride];
        for (int h = 0; h < heads; h++) {
            for (int p = 0; p < length; p++) {
                System.arraycopy(floats(random, headDim), 0, cache, (h * positions + p) * stride, headDim);
            }
        }
        return cache;
    }

    private static float[] floats(Random random, int n) {
        var values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
