package dev.nextstep.train.metrics;

import java.util.function.Consumer;
import java.util.function.IntSupplier;

/** One line of a terminal with a bar, drawn over and over; what stays is written above it. */
public final class TerminalDisplay implements ConsoleProgress.Display {
    private static final String ERASE_LINE = "\r\033[K";
    private static final int MOST_BAR = 24;
    private static final int LEAST_BAR = 8;

    private final Consumer<String> terminal;
    private final IntSupplier columns;
    private String drawn = "";

    /**
     * Draws there.
     *
     * @param terminal takes characters as they are
     * @param columns its width now
     */
    public TerminalDisplay(Consumer<String> terminal, IntSupplier columns) {
        this.terminal = terminal;
        this.columns = columns;
    }

    @Override
    public void status(double progress, String text) {
        // One column stays free: some terminals wrap as soon as the last one is written.
        int room = Math.max(1, columns.getAsInt() - 1);
        int bar = Math.min(MOST_BAR, room - text.length() - 3);
        var line = bar < LEAST_BAR ? text : bar(progress, bar) + " " + text;
        drawn = line.length() <= room ? line : line.substring(0, room);
        terminal.accept(ERASE_LINE + drawn);
    }

    private static String bar(double progress, int width) {
        int full = (int) Math.round(Math.clamp(progress, 0, 1) * width);
        return "[" + "#".repeat(full) + "-".repeat(width - full) + "]";
    }

    @Override
    public void message(String text) {
        terminal.accept(ERASE_LINE + text + System.lineSeparator() + drawn);
    }

    @Override
    public void close() {
        terminal.accept(ERASE_LINE);
    }
}
