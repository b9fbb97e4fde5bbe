package dev.nextstep.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sequences that share pages behave as if each had its own, and give everything back. */
class KvCacheTest {
    private static final int LAYERS = 2;
    private static final int HEADS = 3;
    private static final int DIM = 6;
    private static final int STRIDE = 16;

    private static KvPage.Layout layout(KvType type) {
        return new KvPage.Layout(type, LAYERS, HEADS, DIM, STRIDE);
    }

    /** A sequence and what should be in it: for each position a seed of its numbers. */
    private record Twin(KvCache cache, List<Long> expected) {
        void append(Random random) {
            long seed = random.nextLong();
            cache.prepare(1);
            put(cache, seed, 0);
            cache.commit(1);
            expected.add(seed);
        }
    }

    private static float[] vector(long seed, int layer, int head, int which) {
        var random = new Random(seed + 31L * layer + 7L * head + which);
        var vector = new float[DIM];
        for (int i = 0; i < DIM; i++) {
            vector[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(3)));
        }
        return vector;
    }

    private static void put(KvCache cache, long seed, int ahead) {
        for (int layer = 0; layer < LAYERS; layer++) {
            for (int head = 0; head < HEADS; head++) {
                float[] both = new float[DIM + 5];
                System.arraycopy(vector(seed, layer, head, 0), 0, both, 5, DIM);
                float[] values = new float[DIM + 5];
                System.arraycopy(vector(seed, layer, head, 1), 0, values, 5, DIM);
                cache.put(layer, head, ahead, both, values, 5);
            }
        }
    }

    private static void check(Twin twin, KvType type, String what) {
        assertThat(twin.cache.length()).as(what).isEqualTo(twin.expected.size());
        var scratch = new float[KvPage.POSITIONS * STRIDE];
        for (int position = 0; position < twin.expected.size(); position++) {
            for (int layer = 0; layer < LAYERS; layer++) {
                var pages = twin.cache.layer(layer);
                int page = position / KvPage.POSITIONS;
                int at = position % KvPage.POSITIONS * STRIDE;
                for (int head = 0; head < HEADS; head++) {
                    long seed = twin.expected.get(position);
                    float[] keys = pages.keys(page, head, scratch);
                    compare(vector(seed, layer, head, 0), keys, pages.keysFrom(page, head) + at, type, what);
                    float[] values = pages.values(page, head, scratch);
                    compare(vector(seed, layer, head, 1), values, pages.valuesFrom(page, head) + at, type, what);
                }
            }
        }
    }

    private static void compare(float[] expected, float[] found, int at, KvType type, String what) {
        float largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int i = 0; i < STRIDE; i++) {
            float value = i < DIM ? expected[i] : 0;
            double error = switch (type) {
                case FP32 -> 0;
                case BF16 -> Math.abs(value) / 256.0;
                case Q8 -> largest / 254.0 * 1.0001;
            };
            assertThat((double) found[at + i]).as(what).isCloseTo(value, Offset.offset(error));
        }
    }

    /** Random appending, forking, truncating and closing of up to eight sequences. */
    @ParameterizedTest
    @EnumSource(KvType.class)
    void sharingCannotBeSeen(KvType type) {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var pool = new KvPool(layout(type), Long.MAX_VALUE);
        for (int round = 0; round < 20; round++) {
            var twins = new ArrayList<Twin>();
            twins.add(new Twin(new KvCache(pool, 3, random.nextInt(40)), new ArrayList<>()));
            for (int step = 0; step < 60; step++) {
                var twin = twins.get(random.nextInt(twins.size()));
                switch (random.nextInt(6)) {
                    case 0 -> {
                        if (twins.size() < 8) {
                            int capacity = twin.cache.length() + random.nextInt(40);
                            twins.add(new Twin(twin.cache.fork(capacity), new ArrayList<>(twin.expected)));
                        }
                    }
                    case 1 -> {
                        int length = random.nextInt(twin.cache.length() + 1);
                        twin.cache.truncate(length);
                        twin.expected.subList(length, twin.expected.size()).clear();
                    }
                    case 2 -> {
                        if (twins.size() > 1) {
                            twin.cache.close();
                            twins.remove(twin);
                        }
                    }
                    default -> {
                        for (int i = random.nextInt(20); i >= 0; i--) {
                            twin.append(random);
                        }
                    }
                }
                if (step % 10 == 9) {
                    String what = "seed %d, round %d, step %d".formatted(seed, round, step);
                    twins.forEach(t -> check(t, type, what));
                }
            }
            twins.forEach(t -> t.cache.close());
            assertThat(pool.used()).as("seed %d, round %d", seed, round).isZero();
        }
    }

    @Test
    void aForkTakesOnlyWhatItAdds() {
        var pool = new KvPool(layout(KvType.FP32), Long.MAX_VALUE);
        var random = new Random(1);
        var prompt = new Twin(new KvCache(pool, 0, 40), new ArrayList<>());
        for (int i = 0; i < 40; i++) {
            prompt.append(random);
        }
        assertThat(pool.used()).isEqualTo(3);
        var forks = new ArrayList<KvCache>();
        for (int i = 0; i < 8; i++) {
            forks.add(prompt.cache.fork(40 + 20));
        }
        assertThat(pool.used())
                .as("two pages of the prompt are shared by all; each fork copies the third and needs one more")
                .isEqualTo(3 + 8 * 2);
        prompt.cache.close();
        assertThat(pool.used()).as("the forks hold the pages").isEqualTo(3 + 8 * 2);
        for (var fork : forks) {
            fork.prepare(20);
            fork.commit(20);
            fork.close();
        }
        assertThat(pool.used()).isZero();
    }

    @Test
    void theLimitIsKeptAndAFailureChangesNothing() {
        var layout = layout(KvType.BF16);
        var pool = new KvPool(layout, 3 * layout.bytes() + 1);
        var cache = new KvCache(pool, 0, 2 * KvPage.POSITIONS);
        assertThatThrownBy(() -> new KvCache(pool, 0, 2 * KvPage.POSITIONS))
                .isInstanceOf(KvCacheFullException.class)
                .hasMessageContaining("limit");
        assertThat(pool.used()).isEqualTo(2);
        cache.prepare(3 * KvPage.POSITIONS);
        cache.commit(3 * KvPage.POSITIONS);
        assertThatThrownBy(() -> cache.prepare(1)).isInstanceOf(KvCacheFullException.class);
        assertThatThrownBy(() -> cache.fork(4 * KvPage.POSITIONS)).isInstanceOf(KvCacheFullException.class);
        assertThat(pool.used()).isEqualTo(3);
        cache.fork(3 * KvPage.POSITIONS).close();
        cache.close();
        assertThat(pool.used()).isZero();
        assertThat(cache.length()).isZero();
    }

    @Test
    void whatIsForgottenIsGivenBackInTheEnd() throws InterruptedException {
        var pool = new KvPool(layout(KvType.FP32), Long.MAX_VALUE);
        forget(pool);
        for (int i = 0; i < 100 && pool.used() > 0; i++) {
            System.gc();
            Thread.sleep(20);
        }
        assertThat(pool.used()).isZero();
    }

    private static void forget(KvPool pool) {
        var cache = new KvCache(pool, 0, 30);
        cache.prepare(50);
        assertThat(pool.used()).isEqualTo(4);
    }
}
