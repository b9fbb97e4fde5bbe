package dev.nextstep.data.tool;

import dev.nextstep.engine.Cancellation;
import java.util.concurrent.CancellationException;

/**
 * How a long work is watched and stopped.
 *
 * @param listener told how far it is
 * @param cancellation stops it before the next sample; what was written by then is removed
 */
public record Work(Listener listener, Cancellation cancellation) {
    /** Told how far a work is. */
    @FunctionalInterface
    public interface Listener {
        /**
         * A step was made.
         *
         * @param what such as {@code samples} or the name of a shard
         * @param done so many
         * @param total of so many; −1 if that is not known
         */
        void progress(String what, long done, long total);
    }

    /** Nobody watches. */
    public static Work unwatched() {
        return new Work((what, done, total) -> {}, new Cancellation());
    }

    void step(String what, long done, long total) {
        if (cancellation.isCancelled() || Thread.currentThread().isInterrupted()) {
            throw new CancellationException("the work was cancelled");
        }
        listener.progress(what, done, total);
    }
}
