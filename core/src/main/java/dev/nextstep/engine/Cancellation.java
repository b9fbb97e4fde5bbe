package dev.nextstep.engine;

import java.util.concurrent.CancellationException;

/**
 * A switch that stops a drawing within one token. Another thread may throw it at any time; interrupting the working
 * thread does the same.
 */
public final class Cancellation {
    private volatile boolean cancelled;

    /** Asks the work to stop. */
    public void cancel() {
        cancelled = true;
    }

    /** Whether {@link #cancel} was called. */
    public boolean isCancelled() {
        return cancelled;
    }

    /**
     * Returns if the work may go on.
     *
     * @throws CancellationException if it was cancelled or the current thread is interrupted
     */
    public void check() {
        if (cancelled || Thread.currentThread().isInterrupted()) {
            throw new CancellationException("the drawing was cancelled");
        }
    }
}
