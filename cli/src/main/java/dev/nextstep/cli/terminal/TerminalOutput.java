package dev.nextstep.cli.terminal;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.function.Consumer;

/**
 * The one way to a terminal that progress and pictures share. Each piece is written and flushed as a whole: two threads
 * never write into each other's escape sequences, and nothing half-drawn is seen.
 */
public final class TerminalOutput {
    private final Consumer<String> sink;

    private TerminalOutput(Consumer<String> sink) {
        this.sink = sink;
    }

    /** To a stream, in its own encoding. */
    public static TerminalOutput of(PrintStream stream) {
        return new TerminalOutput(text -> {
            stream.print(text);
            stream.flush();
        });
    }

    /** To a writer. */
    public static TerminalOutput of(PrintWriter writer) {
        return new TerminalOutput(text -> {
            writer.print(text);
            writer.flush();
        });
    }

    /** Writes a piece. */
    public synchronized void write(String text) {
        sink.accept(text);
    }
}
