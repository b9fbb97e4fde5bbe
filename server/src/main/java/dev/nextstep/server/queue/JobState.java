package dev.nextstep.server.queue;

import java.util.Locale;

/** How far a job, or a picture of it, is. */
public enum JobState {
    /** It waits. */
    QUEUED,
    /** It is being drawn. */
    RUNNING,
    /** Somebody stopped it for now. */
    PAUSED,
    /** It is done. */
    COMPLETED,
    /** It could not be done. */
    FAILED,
    /** Somebody does not want it any more. */
    CANCELLED;

    /** The name in the database and in the API. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state of that name. */
    public static JobState of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }

    /** Whether nothing will change any more. */
    public boolean isEnd() {
        return switch (this) {
            case QUEUED, RUNNING, PAUSED -> false;
            case COMPLETED, FAILED, CANCELLED -> true;
        };
    }
}
