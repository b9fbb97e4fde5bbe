package dev.nextstep.server.queue;

import dev.nextstep.Picture;
import dev.nextstep.Progress;
import java.time.Duration;

/** Hears what happens to the pictures that this server draws. Called by many threads at once; must not block. */
public interface DrawingWatch {
    /** Hears nothing. */
    DrawingWatch NONE = new DrawingWatch() {};

    /** A picture was begun, so long after its job was accepted; told again if it is begun again. */
    default void begun(Duration waited) {}

    /** So many image tokens were drawn since the last call for the same picture. */
    default void tokens(int count) {}

    /** A stage of a picture ended. */
    default void stage(Progress.Stage stage, Duration took) {}

    /** A picture is finished. */
    default void drawn(Picture picture) {}

    /** A finished picture has something that is rare in sound ones, of that kind. */
    default void warned(String kind) {}

    /** Drawing a picture ended; the last call about it. */
    default void ended(End end) {}
}
