package dev.nextstep.hub;

import java.time.Duration;
import java.util.Optional;

/** Something that may well work at the next attempt. */
final class TransientFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final HubException.Reason reason;
    private final transient Optional<Duration> retryAfter;

    TransientFailure(HubException.Reason reason, String message) {
        this(reason, message, Optional.empty());
    }

    TransientFailure(HubException.Reason reason, String message, Optional<Duration> retryAfter) {
        super(message);
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    TransientFailure(HubException.Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.retryAfter = Optional.empty();
    }

    /** The wait that the server asks for. */
    Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** What to throw when no attempt is left. */
    HubException last(int attempts) {
        return new HubException(
                reason, getMessage() + " (" + attempts + (attempts == 1 ? " attempt)" : " attempts in a row)"), this);
    }
}
