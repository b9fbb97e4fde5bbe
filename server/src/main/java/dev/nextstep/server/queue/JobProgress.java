package dev.nextstep.server.queue;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How far a job is, as well as it can be told.
 *
 * @param fraction of all of it that is done, 0 to 1
 * @param position pictures that are begun before the next one of this job; empty if none of it waits
 * @param remaining how long it will take, by the speed of late; empty if nothing was drawn yet or it waits for nobody
 */
public record JobProgress(double fraction, OptionalInt position, Optional<Duration> remaining) {}
