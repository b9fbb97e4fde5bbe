package dev.nextstep.hub;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** Ends the work of all threads of a pull: because the caller says so, or because one of them failed. */
final class Stop {
    /** How often whoever waits looks whether to stop. */
    static final long LOOK_MILLIS = 25;

    private final BooleanSupplier cancelled;
    private volatile boolean aborted;

    Stop(BooleanSupplier cancelled) {
        this.cancelled = cancelled;
    }

    /** Ends the work for a reason of our own. */
    void abort() {
        aborted = true;
    }

    /**
     * Returns if work may go on.
     *
     * @throws CancellationException otherwise
     */
    void check() {
        if (aborted || cancelled.getAsBoolean() || Thread.currentThread().isInterrupted()) {
            throw exception();
        }
    }

    /** What a stopped thread throws. */
    static CancellationException exception() {
        return new CancellationException("the download was cancelled; pulling again goes on where it stopped");
    }

    /** Sleeps in small pieces. */
    void sleep(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        check();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            try {
                Thread.sleep(Duration.ofNanos(Math.min(left, LOOK_MILLIS * 1_000_000)));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            check();
        }
    }
}
