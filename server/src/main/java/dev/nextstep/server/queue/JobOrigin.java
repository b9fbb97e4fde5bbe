package dev.nextstep.server.queue;

import java.util.Locale;

/** How a job came. */
public enum JobOrigin {
    /** By the images API: a client waits for it. */
    IMAGES,
    /** By the jobs API: whoever wants it will come and look. */
    JOBS;

    /** The name in the database and in the API. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The origin of that name. */
    public static JobOrigin of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }
}
