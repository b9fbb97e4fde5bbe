package dev.nextstep.cli.terminal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;

/** The rate over about the last half minute: steady enough to read, and it follows when the machine slows down. */
final class RateMeter {
    private static final long WINDOW_NANOS = 30_000_000_000L;
    /** Samples closer than this are merged, so that there are never more than a hundred. */
    private static final long SPACING_NANOS = WINDOW_NANOS / 100;
    /** Before that a rate is a guess. */
    private static final long MIN_NANOS = 200_000_000L;

    private record Sample(long nanos, long done) {}

    private final Deque<Sample> samples = new ArrayDeque<>();
    private Sample newest;

    RateMeter(long nanos, long done) {
        newest = new Sample(nanos, done);
        samples.add(newest);
    }

    void add(long nanos, long done) {
        newest = new Sample(nanos, done);
        if (nanos - samples.getLast().nanos() >= SPACING_NANOS) {
            samples.add(newest);
            while (samples.size() > 2 && nanos - samples.getFirst().nanos() > WINDOW_NANOS) {
                samples.removeFirst();
            }
        }
    }

    /** Per second; empty until it means something. */
    OptionalDouble perSecond() {
        Sample first = samples.getFirst();
        long nanos = newest.nanos() - first.nanos();
        long done = newest.done() - first.done();
        return nanos < MIN_NANOS || done <= 0 ? OptionalDouble.empty() : OptionalDouble.of(done * 1e9 / nanos);
    }
}
