package dev.nextstep.cli;

import dev.nextstep.DrawingListener;
import dev.nextstep.Progress;
import java.io.PrintWriter;
import java.util.Locale;

/** Progress as a line every few seconds, so that short work says nothing and long work is seen to go on. */
final class PlainProgress implements DrawingListener, AutoCloseable {
    private static final long EVERY_NANOS = 3_000_000_000L;

    private final PrintWriter err;
    private long last = System.nanoTime();

    PlainProgress(PrintWriter err) {
        this.err = err;
    }

    @Override
    public void progress(Progress progress) {
        long now = System.nanoTime();
        if (now - last < EVERY_NANOS) {
            return;
        }
        last = now;
        err.println(String.format(
                Locale.ROOT,
                "nextstep: %.0f %%, token %d of %d, %.1f tokens/s%s",
                100 * progress.fraction(),
                progress.tokens(),
                progress.totalTokens(),
                progress.tokensPerSecond(),
                progress.remaining()
                        .map(d -> ", about " + (d.toSeconds() + 1) + " s left")
                        .orElse("")));
        err.flush();
    }

    @Override
    public void close() {
        err.flush();
    }
}
