package dev.nextstep.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nextstep.tensor.Precision;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Attention over pages against attention over one array: not one bit differs, whatever the size of a page. */
class PagedAttentionTest {

    /** Pages cut from arrays [kvHeads][positions][stride], each copied to a place of its own or handed out as scratch. */
    private record Cut(float[] keys, float[] values, int perHead, int stride, int pageLength, boolean isConverted)
            implements KeyValuePages {
        private float[] page(float[] all, int page, int kvHead, float[] scratch) {
            float[] target = isConverted ? scratch : new float[7 + pageLength * stride];
            int from = kvHead * perHead + page * pageLength * stride;
            int n = Math.min(pageLength * stride, (kvHead + 1) * perHead - from);
            System.arraycopy(all, from, target, isConverted ? 0 : 7, n);
            return target;
        }

        @Override
        public float[] keys(int page, int kvHead, float[] scratch) {
            return page(keys, page, kvHead, scratch);
        }

        @Override
        public int keysFrom(int page, int kvHead) {
            return isConverted ? 0 : 7;
        }

        @Override
        public float[] values(int page, int kvHead, float[] scratch) {
            return page(values, page, kvHead, scratch);
        }

        @Override
        public int valuesFrom(int page, int kvHead) {
            return isConverted ? 0 : 7;
        }
    }

    @Test
    void sameBitsAsOverOneArray() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            int kvHeads = 1 + random.nextInt(3);
            int headDim = 2 * (1 + random.nextInt(40));
            int window = i % 4 == 0 ? 1 + random.nextInt(20) : Integer.MAX_VALUE;
            var shape = new Attention.Shape(
                    kvHeads * (1 + random.nextInt(5)),
                    kvHeads,
                    headDim,
                    window,
                    i % 3 == 0 ? Precision.REFERENCE_BF16 : Precision.FP32);
            int start = random.nextInt(70);
            int count = 1 + random.nextInt(i % 5 == 0 ? 40 : 4);
            int pageLength = 4 * (1 + random.nextInt(8));
            String what = "seed %d, case %d: %s, %d queries from %d, pages of %d"
                    .formatted(seed, i, shape, count, start, pageLength);
            int positions = (start + count + 3) / 4 * 4;
            int stride = shape.cacheStride();
            int perHead = positions * stride;
            float[] keys = cache(random, kvHeads * positions, headDim, stride);
            float[] values = cache(random, kvHeads * positions, headDim, stride);
            float[] queries = floats(random, count * shape.heads() * headDim);
            var expected = new float[queries.length];
            var paged = new float[queries.length];
            var pages = new Cut(keys, values, perHead, stride, pageLength, random.nextBoolean());
            for (int h = 0; h < kvHeads; h++) {
                Attention.attend(shape, queries, 0, count, keys, values, h * perHead, start, h, expected, 0);
                PagedAttention.attend(shape, queries, 0, count, pages, start, h, paged, 0);
            }
            assertThat(paged).as(what).containsExactly(expected);
        }
    }

    private static float[] cache(Random random, int vectors, int headDim, int stride) {
        var cache = new float[vectors * stride];
        for (int i = 0; i < vectors; i++) {
            System.arraycopy(floats(random, headDim), 0, cache, i * stride, headDim);
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
