package dev.nextstep.server.queue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;

/** How fast this server draws, from the last minutes in which it drew. Safe for use by several threads. */
final class Throughput {
    private static final double WINDOW_SECONDS = 120;

    private final Deque<Done> done = new ArrayDeque<>();
    private double busySeconds;
    private long lastNanos = System.nanoTime();
    private int drawing;

    private record Done(double atBusySeconds, long cost) {}

    /** A picture was begun. */
    synchronized void begun() {
        pass();
        drawing++;
    }

    /** A picture ended, after so much work. */
    synchronized void ended(long cost) {
        pass();
        drawing--;
        done.addLast(new Done(busySeconds, cost));
        while (done.getFirst().atBusySeconds < busySeconds - WINDOW_SECONDS) {
            done.removeFirst();
        }
    }

    private void pass() {
        long now = System.nanoTime();
        if (drawing > 0) {
            busySeconds += (now - lastNanos) / 1e9;
        }
        lastNanos = now;
    }

    /** Sampling steps of tokens per second; empty before the first picture. */
    synchronized OptionalDouble costPerSecond() {
        pass();
        long cost = done.stream().mapToLong(Done::cost).sum();
        return cost == 0 ? OptionalDouble.empty() : OptionalDouble.of(cost / Math.min(busySeconds, WINDOW_SECONDS));
    }
}
