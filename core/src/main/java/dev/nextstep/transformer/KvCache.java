package dev.nextstep.transformer;

import dev.nextstep.kernel.KeyValuePages;
import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.List;

/**
 * Keys and values of one sequence in all layers: the state of a text or picture in progress. Everything else about the
 * transformer is immutable.
 *
 * <p>Keys are stored after rotation (spec §3.4). Positions are absolute and start at {@link #offset}: the official code
 * pads rows on the left and lets pads count (spec §3.5), so a row that is not padded here starts at the number of pads
 * it would have had.
 *
 * <p>They lie in pages of {@value KvPage#POSITIONS} positions. A {@link #fork} holds the same pages, and copies only the one
 * that it writes to while another holds it too: at most {@value KvPage#POSITIONS} − 1 positions. Used by one thread at a
 * time; {@link #close} may be forgotten, then the memory counts as used until the garbage collector finds out.
 */
public final class KvCache implements AutoCloseable {
    private static final Cleaner CLEANER = Cleaner.create();

    private final int offset;
    private final Held held;
    private final Cleaner.Cleanable cleanable;
    private int length;

    /** What the sequence has to give back; must not know the sequence itself, so that it can be found unused. */
    private static final class Held implements Runnable {
        final KvPool pool;
        final List<KvPage> pages = new ArrayList<>();
        long reserved;

        Held(KvPool pool) {
            this.pool = pool;
        }

        @Override
        public void run() {
            dropFrom(0);
            pool.giveBack(reserved);
            reserved = 0;
        }

        void dropFrom(int count) {
            while (pages.size() > count) {
                if (pages.removeLast().letGo()) {
                    pool.giveBack(1);
                }
            }
        }

        KvPage newPage() {
            if (reserved > 0) {
                reserved--;
            } else {
                pool.reserve(1);
            }
            return KvPage.of(pool.layout());
        }

        /** Sees to it that a page may be written, whose first positions are filled. */
        void own(int index, int filled) {
            var page = pages.get(index);
            if (page.isShared()) {
                var copy = newPage();
                copy.copy(page, filled);
                pages.set(index, copy);
                if (page.letGo()) {
                    pool.giveBack(1);
                }
            }
        }
    }

    KvCache(KvPool pool, int offset, int capacity) {
        this.offset = offset;
        this.held = new Held(pool);
        this.cleanable = CLEANER.register(this, held);
        reserve(capacity);
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

    /** Memory of its pages and of what is reserved, in bytes; what it shares with others counts fully. */
    public long bytes() {
        return (held.pages.size() + held.reserved) * held.pool.layout().bytes();
    }

    private static int pages(int positions) {
        return (positions + KvPage.POSITIONS - 1) / KvPage.POSITIONS;
    }

    /**
     * Sets memory aside so that the next positions cannot fail for want of it.
     *
     * @throws KvCacheFullException if there is none within the limit
     */
    public void reserve(int more) {
        int needed = pages(length + more) - held.pages.size();
        int last = length / KvPage.POSITIONS;
        if (more > 0 && last < held.pages.size() && held.pages.get(last).isShared()) {
            needed++; // it will be copied
        }
        long missing = needed - held.reserved;
        if (missing > 0) {
            held.pool.reserve(missing);
            held.reserved += missing;
        }
    }

    /**
     * A sequence with the same entries and room for {@code capacity} positions: how pictures of one prompt share its
     * prefill. Both hold the same pages until one writes.
     *
     * @throws IllegalArgumentException if the capacity is less than the length
     * @throws KvCacheFullException if there is no room for the rest of the capacity
     */
    public KvCache fork(int capacity) {
        if (capacity < length) {
            throw new IllegalArgumentException("capacity %d < length %d".formatted(capacity, length));
        }
        var copy = new KvCache(held.pool, offset, 0);
        for (int i = 0; i < pages(length); i++) {
            held.pages.get(i).hold();
            copy.held.pages.add(held.pages.get(i));
        }
        copy.length = length;
        try {
            copy.reserve(capacity - length);
        } catch (KvCacheFullException e) {
            copy.close();
            throw e;
        }
        return copy;
    }

    /** Forgets all entries from {@code newLength} on. */
    public void truncate(int newLength) {
        if (newLength < 0 || newLength > length) {
            throw new IllegalArgumentException("length must be between 0 and %d, not %d".formatted(length, newLength));
        }
        length = newLength;
        held.dropFrom(pages(newLength));
    }

    /** Gives the memory back, except pages that others hold. The sequence is empty then. */
    @Override
    public void close() {
        length = 0;
        cleanable.clean();
    }

    /** Makes room for {@code more} positions, which count from {@link #commit} on. */
    void prepare(int more) {
        int last = length / KvPage.POSITIONS;
        if (last < held.pages.size()) {
            held.own(last, length % KvPage.POSITIONS);
        }
        while (held.pages.size() < pages(length + more)) {
            held.pages.add(held.newPage());
        }
    }

    /** Writes the key and value [headDim] of one head at position {@code length + ahead}. */
    void put(int layer, int kvHead, int ahead, float[] k, float[] v, int from) {
        var layout = held.pool.layout();
        int position = length + ahead;
        var page = held.pages.get(position / KvPage.POSITIONS);
        page.put(layout.keys(layer, kvHead), position % KvPage.POSITIONS, k, from);
        page.put(layout.values(layer, kvHead), position % KvPage.POSITIONS, v, from);
    }

    /** Lets {@code more} written positions count. */
    void commit(int more) {
        length += more;
    }

    /** One layer as attention reads it. */
    KeyValuePages layer(int layer) {
        var layout = held.pool.layout();
        return new KeyValuePages() {
            @Override
            public int pageLength() {
                return KvPage.POSITIONS;
            }

            @Override
            public float[] keys(int page, int kvHead, float[] scratch) {
                return held.pages.get(page).read(layout.keys(layer, kvHead), scratch);
            }

            @Override
            public int keysFrom(int page, int kvHead) {
                return held.pages.get(page).from(layout.keys(layer, kvHead));
            }

            @Override
            public float[] values(int page, int kvHead, float[] scratch) {
                return held.pages.get(page).read(layout.values(layer, kvHead), scratch);
            }

            @Override
            public int valuesFrom(int page, int kvHead) {
                return held.pages.get(page).from(layout.values(layer, kvHead));
            }
        };
    }
}
