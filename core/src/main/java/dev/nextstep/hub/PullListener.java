package dev.nextstep.hub;

import java.time.Duration;

/** Hears how a pull goes. Calls come from several threads, one at a time; they should return soon. */
public interface PullListener {
    /** Listens to nothing. */
    PullListener NONE = new PullListener() {};

    /** At the start, at the end, after each file, and at most ten times a second between. */
    default void progress(PullProgress progress) {}

    /**
     * A passing failure: the same is tried again.
     *
     * @param what the file or request
     * @param failure what went wrong, one line
     * @param wait until the next attempt
     */
    default void retry(String what, String failure, Duration wait) {}
}
