package dev.nextstep.train.metrics;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Lines, not too many: for logs and pipes. */
public final class PlainDisplay implements ConsoleProgress.Display {
    private final Consumer<String> lines;
    private final long intervalNanos;
    private final LongSupplier clock;
    private long shown;

    /**
     * Hands lines over, without line ends.
     *
     * @param interval shortest time between two that say how things stand
     */
    public PlainDisplay(Consumer<String> lines, Duration interval) {
        this(lines, interval, System::nanoTime);
    }

    PlainDisplay(Consumer<String> lines, Duration interval, LongSupplier clock) {
        this.lines = lines;
        this.intervalNanos = interval.toNanos();
        this.clock = clock;
        this.shown = clock.getAsLong() - intervalNanos;
    }

    @Override
    public void status(double progress, String text) {
        long now = clock.getAsLong();
        if (now - shown >= intervalNanos) {
            shown = now;
            lines.accept(text);
        }
    }

    @Override
    public void message(String text) {
        lines.accept(text);
    }

    @Override
    public void close() {}
}
