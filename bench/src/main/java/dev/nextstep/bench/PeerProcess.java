package dev.nextstep.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Another program that does the same work in a process of its own and stays warm between turns: a line goes in, a line comes
 * back. Its first line says who it is.
 */
final class PeerProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;
    private final Writer questions;
    private final String description;

    private PeerProcess(Process process) throws IOException {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.questions = process.outputWriter(StandardCharsets.UTF_8);
        this.description = line();
    }

    /**
     * Starts a command.
     *
     * @param command a line for the shell
     * @throws IOException if it cannot be started or ends without a word
     */
    static PeerProcess start(String command) throws IOException {
        var process = new ProcessBuilder(shell(command))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            return new PeerProcess(process);
        } catch (IOException e) {
            process.destroy();
            throw e;
        }
    }

    /** The words that start a command line. */
    static List<String> shell(String line) {
        return List.of("sh", "-c", "exec " + line);
    }

    /** Its first line. */
    String description() {
        return description;
    }

    /** Peak resident memory so far in megabytes, 0 if unknown. */
    double peakMegabytes() {
        return Memory.peak(process.pid()).orElse(0);
    }

    /** Sends a line and gives the answer. */
    String ask(String question) throws IOException {
        questions.write(question + '\n');
        questions.flush();
        return line();
    }

    private String line() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the peer ended; its error output says why");
        }
        return line;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
