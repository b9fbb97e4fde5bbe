package dev.nextstep.server.queue;

import dev.nextstep.Progress;
import java.time.Duration;

/** Finds out from the progress of one drawing how long each of its stages took, and tells a watch. For one thread. */
final class StageClock {
    private final DrawingWatch watch;
    private Progress.Stage stage = Progress.Stage.READING;
    private Duration since = Duration.ZERO;
    private int tokens = -1;

    StageClock(DrawingWatch watch) {
        this.watch = watch;
    }

    void progress(Progress now) {
        if (tokens >= 0 && now.tokens() > tokens) {
            watch.tokens(now.tokens() - tokens);
        }
        tokens = Math.max(tokens, now.tokens()); // what a snapshot brought along is not drawn here
        if (now.stage() != stage) {
            watch.stage(stage, now.elapsed().minus(since));
            stage = now.stage();
            since = now.elapsed();
        }
    }
}
