package dev.nextstep.transformer;

import java.util.Arrays;

/**
 * Keys and values of one sequence in all layers: the state of a text or picture in progress. Everything else about the
 * transformer is immutable.
 *
 * <p>Keys are stored after rotation (spec §3.4). Positions are absolute and start at {@link #offset}: the official code
 * pads rows on the left and lets pads count (spec §3.5), so a row that is not padded here starts at the number of pads
 * it would have had.
 */
public final class KvCache {
    private final int layers;
    private final int kvHeads;
    private final int stride;
    private final int offset;
    private final float[][] keys;
    private final float[][] values;
    private int capacity;
    private int length;

    KvCache(int layers, int kvHeads, int stride, int offset, int capacity) {
        this.layers = layers;
        this.kvHeads = kvHeads;
        this.stride = stride;
        this.offset = offset;
        this.capacity = roundUp(capacity);
        this.keys = new float[layers][kvHeads * this.capacity * stride];
        this.values = new float[layers][kvHeads * this.capacity * stride];
    }

    // Attention reads keys four at a time, so the last tile must be addressable.
    private static int roundUp(int capacity) {
        return (Math.max(4, capacity) + 3) / 4 * 4;
    }

    /** Positions held. */
    public int length() {
        return length;
    }

    /** Absolute position of the first entry: the left padding that the row would have had. */
    public int offset() {
        return offset;
    }

    /** Absolute position of the next entry. */
    public int nextPosition() {
        return offset + length;
    }

    /** Memory of the entries, in bytes. */
    public long bytes() {
        return 2L * layers * kvHeads * capacity * stride * Float.BYTES;
    }

    /**
     * An independent copy with room for {@code newCapacity} positions: how pictures of one prompt share its prefill.
     *
     * @throws IllegalArgumentException if the capacity is less than the length
     */
    public KvCache fork(int newCapacity) {
        if (newCapacity < length) {
            throw new IllegalArgumentException("capacity %d < length %d".formatted(newCapacity, length));
        }
        var copy = new KvCache(layers, kvHeads, stride, offset, newCapacity);
        copyInto(copy.keys, copy.values, copy.capacity);
        copy.length = length;
        return copy;
    }

    /** Forgets all entries from {@code newLength} on. */
    public void truncate(int newLength) {
        if (newLength < 0 || newLength > length) {
            throw new IllegalArgumentException("length must be between 0 and %d, not %d".formatted(length, newLength));
        }
        length = newLength;
    }

    float[] keys(int layer) {
        return keys[layer];
    }

    float[] values(int layer) {
        return values[layer];
    }

    /** Where a key/value head starts in the arrays of a layer. */
    int headStart(int kvHead) {
        return kvHead * capacity * stride;
    }

    /** Makes room for {@code more} positions; they count from {@link #commit} on. */
    void reserve(int more) {
        int needed = length + more;
        if (needed > capacity) {
            int grown = roundUp(Math.max(needed, capacity + capacity / 2));
            var newKeys = new float[layers][kvHeads * grown * stride];
            var newValues = new float[layers][kvHeads * grown * stride];
            copyInto(newKeys, newValues, grown);
            System.arraycopy(newKeys, 0, keys, 0, layers);
            System.arraycopy(newValues, 0, values, 0, layers);
            capacity = grown;
        }
    }

    private void copyInto(float[][] toKeys, float[][] toValues, int toCapacity) {
        for (int l = 0; l < layers; l++) {
            for (int h = 0; h < kvHeads; h++) {
                int from = h * capacity * stride;
                int to = h * toCapacity * stride;
                System.arraycopy(keys[l], from, toKeys[l], to, length * stride);
                System.arraycopy(values[l], from, toValues[l], to, length * stride);
            }
        }
    }

    /** Writes the key and value of one head at position {@code length + ahead}; zeros fill the stride. */
    void put(int layer, int kvHead, int ahead, float[] k, float[] v, int from, int headDim) {
        int to = headStart(kvHead) + (length + ahead) * stride;
        System.arraycopy(k, from, keys[layer], to, headDim);
        System.arraycopy(v, from, values[layer], to, headDim);
        Arrays.fill(keys[layer], to + headDim, to + stride, 0f);
        Arrays.fill(values[layer], to + headDim, to + stride, 0f);
    }

    /** Lets {@code more} written positions count. */
    void commit(int more) {
        length += more;
    }
}
