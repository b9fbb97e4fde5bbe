package dev.nextstep.server.queue;

import java.util.Locale;

/** How drawing a picture ended, for this time. */
public enum End {
    /** The picture is there. */
    COMPLETED,
    /** It cannot be drawn. */
    FAILED,
    /** It was stopped. */
    STOPPED,
    /** There was no room for it; it waits again. */
    NO_ROOM;

    /** Its name outside of this program. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
