package dev.nextstep.torch;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Keys and values of one sequence, [keyValueHeads, capacity, d] for each layer. Grows by doubling; entries lie outside of any
 * pointer scope until {@link #close}.
 */
final class CachedAttention implements AutoCloseable {
    private final List<Tensor> keys = new ArrayList<>();
    private final List<Tensor> values = new ArrayList<>();
    private final int offset;
    private int length;
    private int capacity;

    /**
     * Nothing yet.
     *
     * @param offset absolute position of the first entry
     * @param capacity entries that there is room for at first
     */
    CachedAttention(int offset, int capacity) {
        this.offset = offset;
        this.capacity = Math.max(1, capacity);
    }

    int offset() {
        return offset;
    }

    int length() {
        return length;
    }

    /**
     * Puts the entries of new positions behind those that are there; the positions count once all layers have theirs ({@link
     * #grow}).
     *
     * @param layer in ascending order
     * @param newKeys [keyValueHeads, n, d]
     * @param newValues the same
     */
    void append(int layer, Tensor newKeys, Tensor newValues) {
        long n = newKeys.size(1);
        if (layer == keys.size()) {
            keys.add(room(newKeys, capacity));
            values.add(room(newValues, capacity));
        }
        if (length + n > keys.get(layer).size(1)) {
            long larger = Math.max(length + n, 2L * keys.get(layer).size(1));
            enlarge(keys, layer, larger);
            enlarge(values, layer, larger);
            capacity = Math.toIntExact(larger);
        }
        keys.get(layer).narrow(1, length, n).copy_(newKeys);
        values.get(layer).narrow(1, length, n).copy_(newValues);
    }

    private static Tensor room(Tensor like, long entries) {
        return keep(like.new_zeros(like.size(0), entries, like.size(2)));
    }

    private void enlarge(List<Tensor> all, int layer, long entries) {
        try (var _ = new PointerScope()) {
            var old = all.get(layer);
            var larger = room(old, entries);
            larger.narrow(1, 0, length).copy_(old.narrow(1, 0, length));
            all.set(layer, larger);
            old.close();
        }
    }

    private static Tensor keep(Tensor tensor) {
        tensor.retainReference();
        return tensor;
    }

    /** All keys of a layer, {@code more} new ones included, [keyValueHeads, length + more, d]; a view. */
    Tensor keys(int layer, long more) {
        return keys.get(layer).narrow(1, 0, length + more);
    }

    /** All values, as {@link #keys}. */
    Tensor values(int layer, long more) {
        return values.get(layer).narrow(1, 0, length + more);
    }

    /** Counts positions whose entries all layers have. */
    void grow(int positions) {
        length += positions;
    }

    /** Forgets entries from the end. */
    void truncate(int newLength) {
        if (newLength < 0 || newLength > length) {
            throw new IllegalArgumentException(
                    "a sequence of %d positions cannot be cut to %d".formatted(length, newLength));
        }
        length = newLength;
    }

    /** A copy with room for so many entries. */
    CachedAttention fork(int entries) {
        var copy = new CachedAttention(offset, Math.max(entries, length));
        copy.length = length;
        try (var _ = new PointerScope()) {
            for (int layer = 0; layer < keys.size(); layer++) {
                copy.keys.add(copied(keys.get(layer), copy.capacity));
                copy.values.add(copied(values.get(layer), copy.capacity));
            }
        }
        return copy;
    }

    private Tensor copied(Tensor from, int entries) {
        var to = room(from, entries);
        to.narrow(1, 0, length).copy_(from.narrow(1, 0, length));
        return to;
    }

    /** Scores that hide later positions from each of n new ones behind {@code before} others, [n, before + n]. */
    static Tensor mask(long before, long n) {
        return torch.full(new long[] {n, before + n}, Scalars.of(Float.NEGATIVE_INFINITY))
                .triu(before + 1);
    }

    @Override
    public void close() {
        keys.forEach(Tensor::close);
        values.forEach(Tensor::close);
        keys.clear();
        values.clear();
        length = 0;
    }
}
