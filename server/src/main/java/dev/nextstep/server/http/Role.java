package dev.nextstep.server.http;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a caller may do. */
public enum Role {
    /** Ask for pictures, and see and stop what it asked for itself. */
    GENERATE,
    /** See and stop everybody's jobs, make and revoke keys, read the metrics, and all that the other role may. */
    ADMIN;

    /** Its name outside of this program. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of that name. */
    public static Optional<Role> of(String id) {
        return Arrays.stream(values()).filter(role -> role.id().equals(id)).findFirst();
    }
}
