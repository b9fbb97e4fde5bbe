package dev.nextstep.server.queue;

import java.util.function.Consumer;

/**
 * Writes of an embedded database that many wait for together: forcing a disk takes as long for a hundred changes as for one.
 * Whoever comes while one is under way waits for the next, which is made by one of those who wait.
 */
final class Checkpoints {
    private final Consumer<Safety> write;
    private long asked;
    private long written;
    private long forced;
    private boolean isWriting;
    private Safety wanted = Safety.WRITTEN;

    /** Writes by that. */
    Checkpoints(Consumer<Safety> write) {
        this.write = write;
    }

    /** Waits for a write that begins from now on. */
    void await(Safety safety) {
        long ticket;
        synchronized (this) {
            ticket = ++asked;
            if (safety == Safety.FORCED) {
                wanted = Safety.FORCED;
            }
        }
        while (true) {
            long upTo;
            Safety kind;
            synchronized (this) {
                if ((safety == Safety.FORCED ? forced : written) >= ticket) {
                    return;
                }
                if (isWriting) {
                    awaitWritten();
                    continue;
                }
                isWriting = true;
                upTo = asked;
                kind = wanted;
                wanted = Safety.WRITTEN;
            }
            boolean isDone = false;
            try {
                write.accept(kind);
                isDone = true;
            } finally {
                finish(isDone, kind, upTo);
            }
        }
    }

    private synchronized void finish(boolean isDone, Safety kind, long upTo) {
        isWriting = false;
        if (isDone) {
            written = Math.max(written, upTo);
            forced = kind == Safety.FORCED ? Math.max(forced, upTo) : forced;
        } else if (kind == Safety.FORCED) {
            wanted = kind; // for those who wait for it too
        }
        notifyAll();
    }

    // The change is made; whether it is safe has to be waited for, whoever interrupts. Under the lock.
    private synchronized void awaitWritten() {
        boolean wasInterrupted = false;
        while (isWriting) {
            try {
                wait();
            } catch (InterruptedException e) {
                wasInterrupted = true;
            }
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
