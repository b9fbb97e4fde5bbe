package dev.nextstep.train.run;

import java.time.Duration;

/**
 * How far a run is.
 *
 * @param step steps done
 * @param epochs passes over the data done, with fraction
 * @param trained time spent in the loop, over all sittings
 */
public record RunProgress(long step, double epochs, Duration trained) {}
