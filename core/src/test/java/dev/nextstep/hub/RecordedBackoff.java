package dev.nextstep.hub;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Waits for nothing and notes how long it should have. */
final class RecordedBackoff implements Backoff {
    final List<Duration> pauses = new CopyOnWriteArrayList<>();

    @Override
    public Duration delay(int failures) {
        return Duration.ofMillis(failures);
    }

    @Override
    public void pause(Duration wait, Stop stop) {
        pauses.add(wait);
        stop.check();
    }
}
