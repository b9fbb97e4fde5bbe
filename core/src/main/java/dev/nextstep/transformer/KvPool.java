package dev.nextstep.transformer;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the pages of all sequences of a transformer against a limit. What a sequence has reserved counts as used, whether
 * it is filled yet or not; a page that several hold counts once. Safe for use by several threads.
 */
final class KvPool {
    private final KvPage.Layout layout;
    private final long limit;
    private final AtomicLong used = new AtomicLong();

    KvPool(KvPage.Layout layout, long limitBytes) {
        this.layout = layout;
        this.limit = limitBytes / layout.bytes();
    }

    KvPage.Layout layout() {
        return layout;
    }

    /** Pages in use or reserved. */
    long used() {
        return used.get();
    }

    /**
     * Sets pages aside.
     *
     * @throws KvCacheFullException if the limit would be exceeded
     */
    void reserve(long pages) {
        if (pages == 0) {
            return;
        }
        long now = used.addAndGet(pages);
        if (now > limit) {
            used.addAndGet(-pages);
            throw new KvCacheFullException(
                    "keys and values of %d positions more would take %,d MB, with those in use %,d MB, and the limit is %,d MB"
                            .formatted(pages * KvPage.POSITIONS, megabytes(pages), megabytes(now), megabytes(limit)));
        }
    }

    private long megabytes(long pages) {
        return Math.ceilDiv(pages * layout.bytes(), 1_000_000L);
    }

    /** Gives pages or reservations back. */
    void giveBack(long pages) {
        used.addAndGet(-pages);
    }
}
