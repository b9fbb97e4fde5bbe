package dev.nextstep.hub;

import java.time.Duration;

/** Counts the failures in a row of one piece of work, and waits between its attempts. */
final class Retries {
    /** A server that asks for a longer wait than this is told to the user instead. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    private final String what;
    private final PullSession session;
    private int failures;

    Retries(String what, PullSession session) {
        this.what = what;
        this.session = session;
    }

    /** A request that may fail in passing. */
    interface Attempt<T> {
        T run() throws TransientFailure;
    }

    /** Runs until it works. */
    static <T> T run(String what, PullSession session, Attempt<T> attempt) {
        var retries = new Retries(what, session);
        while (true) {
            try {
                return attempt.run();
            } catch (TransientFailure e) {
                retries.failed(e);
            }
        }
    }

    /** The work gained ground: failures so far no longer count. */
    void progressed() {
        failures = 0;
    }

    /**
     * Waits before the next attempt.
     *
     * @throws HubException if none is left
     */
    void failed(TransientFailure failure) {
        failures++;
        if (failures > session.settings().retries()) {
            throw failure.last(failures);
        }
        var own = session.surroundings().backoff().delay(failures);
        var wait =
                failure.retryAfter().filter(asked -> asked.compareTo(own) > 0).orElse(own);
        if (wait.compareTo(LONGEST_WAIT) > 0) {
            throw new HubException(
                    HubException.Reason.SERVER,
                    "%s; the server asks to come back in %d s: pull again then"
                            .formatted(failure.getMessage(), wait.toSeconds()),
                    failure);
        }
        session.meter().retry(what, String.valueOf(failure.getMessage()), wait);
        session.surroundings().backoff().pause(wait, session.stop());
    }
}
