package dev.nextstep.server.access;

import java.util.OptionalInt;

/**
 * How many pictures may be asked for with a key. Windows are those of the clock: minutes, and days of UTC. What is refused, and
 * a request that is sent again under its Idempotency-Key, takes nothing.
 *
 * @param perMinute pictures, at least 1; empty for any number
 * @param perDay pictures, at least 1; empty for any number
 */
public record Quota(OptionalInt perMinute, OptionalInt perDay) {
    /** As many as the queue takes. */
    public static final Quota NONE = new Quota(OptionalInt.empty(), OptionalInt.empty());

    public Quota {
        if (perMinute.orElse(1) < 1 || perDay.orElse(1) < 1) {
            throw new IllegalArgumentException(
                    "a quota is at least 1, not %s a minute and %s a day; revoke a key instead"
                            .formatted(perMinute, perDay));
        }
    }
}
