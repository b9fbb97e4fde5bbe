package dev.nextstep.server.config;

import java.time.Duration;

/**
 * How the queue works.
 *
 * @param picturesAtOnce pictures that are drawn at the same time, at least 1
 * @param limit pictures that may wait
 * @param limitPerKey pictures of one key that may wait
 * @param retention how long finished jobs are kept
 * @param waitLimit how long a request of the images API may take
 * @param lease how long a server may be silent before it counts as dead
 * @param maxAttempts how often a picture is begun before it fails
 * @param drain how long drawing may go on after a stop is asked for
 */
public record QueueSettings(
        int picturesAtOnce,
        int limit,
        int limitPerKey,
        Duration retention,
        Duration waitLimit,
        Duration lease,
        int maxAttempts,
        Duration drain) {}
