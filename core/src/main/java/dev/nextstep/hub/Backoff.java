package dev.nextstep.hub;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before the next attempt, and the waiting. */
interface Backoff {
    /** Half a second, doubled with each failure up to half a minute, each time cut by a random part of up to half. */
    Backoff EXPONENTIAL = new Backoff() {
        @Override
        public Duration delay(int failures) {
            long longest = Math.min(30_000, 500L << Math.min(failures - 1, 10));
            return Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
        }

        @Override
        public void pause(Duration wait, Stop stop) {
            stop.sleep(wait);
        }
    };

    /**
     * The wait after that many failures in a row. It is random, so that many clients that failed together do not come
     * back together.
     *
     * @param failures from 1
     */
    Duration delay(int failures);

    /** Waits, unless stopped. */
    void pause(Duration wait, Stop stop);
}
