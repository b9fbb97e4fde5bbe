package dev.nextstep.transformer;

import dev.nextstep.kernel.Bf16;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keys and values of {@value #POSITIONS} consecutive positions in all layers. Several sequences may hold one page; whoever
 * holds it alone may write.
 */
abstract sealed class KvPage {
    /** Positions of a page: few are wasted behind a short sequence, and loops over them are long enough. */
    static final int POSITIONS = 16;

    /**
     * What all pages of a transformer have in common. Blocks are the {@value #POSITIONS} keys or values of one head in one
     * layer.
     *
     * @param headDim values of a key
     * @param stride values from one key to the next where attention reads them
     */
    record Layout(KvType type, int layers, int kvHeads, int headDim, int stride) {
        int blocks() {
            return 2 * layers * kvHeads;
        }

        int keys(int layer, int kvHead) {
            return 2 * layer * kvHeads + kvHead;
        }

        int values(int layer, int kvHead) {
            return (2 * layer + 1) * kvHeads + kvHead;
        }

        long bytes() {
            return (long) blocks() * POSITIONS * type.bytes(headDim, stride);
        }
    }

    /** Sequences that hold the page. */
    private final AtomicInteger holders = new AtomicInteger(1);

    static KvPage of(Layout layout) {
        return switch (layout.type) {
            case FP32 -> new Fp32(layout);
            case BF16 -> new HalfWidth(layout);
            case Q8 -> new Bytes(layout);
        };
    }

    /** One more sequence holds it. */
    void hold() {
        holders.incrementAndGet();
    }

    /** One sequence less; true if it was the last. */
    boolean letGo() {
        return holders.decrementAndGet() == 0;
    }

    boolean isShared() {
        return holders.get() > 1;
    }

    /** Writes a key or value [headDim]. */
    abstract void put(int block, int position, float[] from, int at);

    /**
     * A block [positions, stride].
     *
     * @param scratch room for it, for types that must be widened
     * @return an array that holds it from {@link #from} on
     */
    abstract float[] read(int block, float[] scratch);

    /** Where a block begins in what {@link #read} returns. */
    abstract int from(int block);

    /** Takes over the first positions of another page of the same layout. */
    abstract void copy(KvPage other, int positions);

    private static final class Fp32 extends KvPage {
        private final Layout layout;
        private final float[] data;

        Fp32(Layout layout) {
            this.layout = layout;
            this.data = new float[layout.blocks() * POSITIONS * layout.stride];
        }

        @Override
        void put(int block, int position, float[] from, int at) {
            System.arraycopy(from, at, data, (block * POSITIONS + position) * layout.stride, layout.headDim);
        }

        @Override
        float[] read(int block, float[] scratch) {
            return data;
        }

        @Override
        int from(int block) {
            return block * POSITIONS * layout.stride;
        }

        @Override
        void copy(KvPage other, int positions) {
            float[] source = ((Fp32) other).data;
            for (int block = 0; block < layout.blocks(); block++) {
                System.arraycopy(source, from(block), data, from(block), positions * layout.stride);
            }
        }
    }

    private static final class HalfWidth extends KvPage {
        private final Layout layout;
        private final short[] data;

        HalfWidth(Layout layout) {
            this.layout = layout;
            this.data = new short[layout.blocks() * POSITIONS * layout.headDim];
        }

        @Override
        void put(int block, int position, float[] from, int at) {
            int to = (block * POSITIONS + position) * layout.headDim;
            for (int i = 0; i < layout.headDim; i++) {
                data[to + i] = (short) (Float.floatToRawIntBits(Bf16.round(from[at + i])) >>> 16);
            }
        }

        @Override
        float[] read(int block, float[] scratch) {
            for (int position = 0; position < POSITIONS; position++) {
                int at = (block * POSITIONS + position) * layout.headDim;
                int to = position * layout.stride;
                for (int i = 0; i < layout.headDim; i++) {
                    scratch[to + i] = Float.intBitsToFloat(data[at + i] << 16);
                }
                Arrays.fill(scratch, to + layout.headDim, to + layout.stride, 0f);
            }
            return scratch;
        }

        @Override
        int from(int block) {
            return 0;
        }

        @Override
        void copy(KvPage other, int positions) {
            short[] source = ((HalfWidth) other).data;
            for (int block = 0; block < layout.blocks(); block++) {
                int at = block * POSITIONS * layout.headDim;
                System.arraycopy(source, at, data, at, positions * layout.headDim);
            }
        }
    }

    private static final class Bytes extends KvPage {
        private static final int LARGEST = 127;

        private final Layout layout;
        private final byte[] data;
        private final float[] scales;

        Bytes(Layout layout) {
            this.layout = layout;
            this.data = new byte[layout.blocks() * POSITIONS * layout.headDim];
            this.scales = new float[layout.blocks() * POSITIONS];
        }

        @Override
        void put(int block, int position, float[] from, int at) {
            int vector = block * POSITIONS + position;
            int to = vector * layout.headDim;
            float largest = 0;
            for (int i = 0; i < layout.headDim; i++) {
                largest = Math.max(largest, Math.abs(from[at + i]));
            }
            float scale = largest / LARGEST;
            scales[vector] = scale;
            for (int i = 0; i < layout.headDim; i++) {
                data[to + i] = scale == 0 ? 0 : (byte) Math.rint(from[at + i] / scale);
            }
        }

        @Override
        float[] read(int block, float[] scratch) {
            for (int position = 0; position < POSITIONS; position++) {
                int vector = block * POSITIONS + position;
                int at = vector * layout.headDim;
                int to = position * layout.stride;
                float scale = scales[vector];
                for (int i = 0; i < layout.headDim; i++) {
                    scratch[to + i] = data[at + i] * scale;
                }
                Arrays.fill(scratch, to + layout.headDim, to + layout.stride, 0f);
            }
            return scratch;
        }

        @Override
        int from(int block) {
            return 0;
        }

        @Override
        void copy(KvPage other, int positions) {
            var source = (Bytes) other;
            for (int block = 0; block < layout.blocks(); block++) {
                int vector = block * POSITIONS;
                System.arraycopy(source.scales, vector, scales, vector, positions);
                System.arraycopy(
                        source.data,
                        vector * layout.headDim,
                        data,
                        vector * layout.headDim,
                        positions * layout.headDim);
            }
        }
    }
}
