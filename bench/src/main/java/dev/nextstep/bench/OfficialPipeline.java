package dev.nextstep.bench;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The official pipeline in a process of its own, which stays warm between pictures: a line {@code THREADS PICTURES} in,
 * a line of seconds out. bench/peer/official.py is the other end.
 */
final class OfficialPipeline implements AutoCloseable {
    private final String command;
    private final PeerProcess process;

    private OfficialPipeline(String command, PeerProcess process) {
        this.command = command;
        this.process = process;
    }

    /** Starts the command, a line for the shell, with {@code --serve} behind it. */
    static OfficialPipeline start(String command) throws IOException {
        return new OfficialPipeline(command, PeerProcess.start(command + " --serve"));
    }

    /** Versions of what runs there. */
    String description() {
        return process.description();
    }

    /** Seconds for that many pictures in one batch. */
    double draw(int threads, int pictures) throws IOException {
        return Double.parseDouble(process.ask(threads + " " + pictures));
    }

    /** Peak resident memory so far in megabytes, 0 if unknown. */
    double peakMegabytes() {
        return process.peakMegabytes();
    }

    /** A new process from nothing to a picture in that file. */
    WholeProcess fromNothing(int threads, Path picture) throws IOException, InterruptedException {
        return WholeProcess.run(PeerProcess.shell("%s --threads %d --once '%s'".formatted(command, threads, picture)));
    }

    @Override
    public void close() {
        process.close();
    }
}
