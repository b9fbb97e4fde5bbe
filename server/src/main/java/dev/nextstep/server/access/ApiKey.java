package dev.nextstep.server.access;

import dev.nextstep.server.http.Caller;
import dev.nextstep.server.http.Role;
import java.time.Instant;
import java.util.Optional;

/**
 * An API key, without what proves it.
 *
 * @param id its public name, under which jobs are kept: {@code key_…}
 * @param name who has it, for people
 * @param role what it may do
 * @param quota how many pictures it may ask for
 * @param created when it was made
 * @param revoked since when it is worth nothing
 */
public record ApiKey(String id, String name, Role role, Quota quota, Instant created, Optional<Instant> revoked) {
    /** Longest name in characters. */
    public static final int LONGEST_NAME = 100;

    /** Who comes with it. */
    public Caller caller() {
        return new Caller(id, role);
    }
}
