package dev.nextstep.cli.bench;

import java.time.Duration;

/** Time that one item may take. */
final class Budget {
    private final long began = System.nanoTime();
    private final long nanos;

    Budget(Duration duration) {
        nanos = duration.toNanos();
    }

    boolean spent() {
        return System.nanoTime() - began >= nanos;
    }

    /** Whether work of so many seconds would be too much. */
    boolean exceededBy(double seconds) {
        return System.nanoTime() - began + seconds * 1e9 >= nanos;
    }
}
