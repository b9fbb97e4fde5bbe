package dev.nextstep.cli.terminal;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Progress on standard error: a bar on a terminal, a line every few seconds elsewhere. It has no thread of its own: it draws
 * when it is told something, at most ten times a second, and only what changed. {@link #close()} without {@link #succeed()},
 * as after a failure or when cancelled, leaves an empty line with the cursor at its start; so does the end of the JVM.
 *
 * <p>Not the library progressbar: that one draws from a thread of its own at moments of its own, which would write into a
 * picture that grows above, and brings JLine with native code to find the width of the terminal.
 */
public final class ProgressBar implements AutoCloseable {
    private static final long DRAW_NANOS = Duration.ofMillis(100).toNanos();
    private static final long LINE_NANOS = Duration.ofSeconds(5).toNanos();

    private final String label;
    private final ProgressUnit unit;
    private final long total;
    private final TerminalInfo terminal;
    private final TerminalOutput output;
    private final LongSupplier clock;
    private final Styles styles;
    private final long started;
    private final RateMeter rate;
    private final Thread atExit = new Thread(this::eraseAtExit, "progress-at-exit");
    private long done;
    private long lastShown;
    private String drawn = "";
    private boolean ended;

    private ProgressBar(
            String label,
            ProgressUnit unit,
            long total,
            TerminalInfo terminal,
            TerminalOutput output,
            LongSupplier clock) {
        if (total < 0) {
            throw new IllegalArgumentException("a total is not negative, got " + total);
        }
        this.label = VisibleText.of(label);
        this.unit = unit;
        this.total = total;
        this.terminal = terminal;
        this.output = output;
        this.clock = clock;
        styles = Styles.of(terminal, StandardStream.ERR);
        started = clock.getAsLong();
        rate = new RateMeter(started, 0);
        lastShown = started;
    }

    /**
     * Starts at 0.
     *
     * @param label what is done, a word or two; may be empty
     * @param total how many there will be; empty if that is not known
     * @param output to standard error
     */
    public static ProgressBar start(
            String label, ProgressUnit unit, OptionalLong total, TerminalInfo terminal, TerminalOutput output) {
        return start(label, unit, total, terminal, output, System::nanoTime);
    }

    /** The same with a clock that counts nanoseconds. */
    static ProgressBar start(
            String label,
            ProgressUnit unit,
            OptionalLong total,
            TerminalInfo terminal,
            TerminalOutput output,
            LongSupplier clock) {
        var bar = new ProgressBar(label, unit, total.orElse(0), terminal, output, clock);
        bar.begin();
        return bar;
    }

    private synchronized void begin() {
        if (onTerminal()) {
            Runtime.getRuntime().addShutdownHook(atExit);
            draw();
        }
    }

    /** Tells how many are done now. Cheap; may be called from any thread. */
    public synchronized void update(long nowDone) {
        if (ended) {
            return;
        }
        done = Math.max(0, nowDone);
        long now = clock.getAsLong();
        rate.add(now, done);
        if (onTerminal()) {
            if (now - lastShown >= DRAW_NANOS) {
                lastShown = now;
                draw();
            }
        } else if (now - lastShown >= LINE_NANOS) {
            lastShown = now;
            output.write(state(now).plainLine() + "\n");
        }
    }

    /** Draws the bar at once, such as after something else was written where it stood. */
    public synchronized void redraw() {
        if (!ended && onTerminal()) {
            drawn = "";
            draw();
        }
    }

    /** Ends well: the bar gives way to a line that says how much was done in what time. */
    public synchronized void succeed() {
        if (!ended) {
            String summary = state(clock.getAsLong()).summary();
            end();
            output.write(summary + "\n");
        }
    }

    /** Ends without a word: the bar is erased. Nothing happens after {@link #succeed()}. */
    @Override
    public synchronized void close() {
        if (!ended) {
            end();
        }
    }

    private void end() {
        ended = true;
        if (onTerminal()) {
            output.write(Ansi.ERASE_LINE);
            try {
                Runtime.getRuntime().removeShutdownHook(atExit);
            } catch (IllegalStateException _) {
                // The JVM ends already; the hook finds nothing to do.
            }
        }
    }

    private synchronized void eraseAtExit() {
        if (!ended) {
            ended = true;
            output.write(Ansi.ERASE_LINE);
        }
    }

    private boolean onTerminal() {
        return terminal.isTerminal(StandardStream.ERR);
    }

    private void draw() {
        // One column stays free: some terminals wrap as soon as the last one is written.
        int columns = terminal.size().columns() - 1;
        String line = state(clock.getAsLong()).terminalLine(columns, styles, terminal.glyphs());
        if (!line.equals(drawn)) {
            output.write("\r" + line + Ansi.ERASE_REST);
            drawn = line;
        }
    }

    private ProgressState state(long now) {
        return ProgressState.of(label, unit, done, total, rate.perSecond(), now - started);
    }
}
