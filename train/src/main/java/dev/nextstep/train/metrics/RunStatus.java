package dev.nextstep.train.metrics;

import java.time.Duration;

/**
 * How a run stands, for people.
 *
 * @param step steps done
 * @param progress share of the run that is done, 0 to 1
 * @param trained time in the loop, over all sittings
 * @param loss mean of the last steps
 * @param samplesPerSecond of the last steps
 * @param tokensPerSecond of the last steps
 */
public record RunStatus(
        long step, double progress, Duration trained, double loss, double samplesPerSecond, double tokensPerSecond) {}
