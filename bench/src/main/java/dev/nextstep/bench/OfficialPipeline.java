package dev.nextstep.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The official pipeline in a process of its own, which stays warm between pictures: a line {@code THREADS PICTURES} in,
 * a line of seconds out. bench/peer/official.py is the other end.
 */
final class OfficialPipeline implements AutoCloseable {
    private final String command;
    private final Process process;
    private final BufferedReader answers;
    private final Writer questions;
    private final String description;

    private OfficialPipeline(String command, Process process) throws IOException {
        this.command = command;
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.questions = process.outputWriter(StandardCharsets.UTF_8);
        this.description = answer();
    }

    /** Starts the command, a line for the shell, with {@code --serve} behind it. */
    static OfficialPipeline start(String command) throws IOException {
        var process = new ProcessBuilder(shell(command + " --serve"))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            return new OfficialPipeline(command, process);
        } catch (IOException e) {
            process.destroy();
            throw e;
        }
    }

    private static List<String> shell(String line) {
        return List.of("sh", "-c", "exec " + line);
    }

    /** Versions of what runs there. */
    String description() {
        return description;
    }

    /** Seconds for that many pictures in one batch. */
    double draw(int threads, int pictures) throws IOException {
        questions.write("%d %d%n".formatted(threads, pictures));
        questions.flush();
        return Double.parseDouble(answer());
    }

    /** Peak resident memory so far in megabytes, 0 if unknown. */
    double peakMegabytes() {
        return Memory.peak(process.pid()).orElse(0);
    }

    /** A new process from nothing to a picture in that file. */
    WholeProcess fromNothing(int threads, Path picture) throws IOException, InterruptedException {
        return WholeProcess.run(shell("%s --threads %d --once '%s'".formatted(command, threads, picture)));
    }

    private String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the official pipeline ended; its error output says why");
        }
        return line;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
