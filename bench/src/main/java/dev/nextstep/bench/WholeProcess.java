package dev.nextstep.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One run of a command from nothing to its picture.
 *
 * @param seconds wall clock from before the start until the process has ended
 * @param peakMegabytes peak resident memory, 0 if unknown
 */
record WholeProcess(double seconds, double peakMegabytes) {

    /** @throws IOException if the command fails; the message is what it said */
    static WholeProcess run(List<String> command) throws IOException, InterruptedException {
        Path said = Files.createTempFile("nextstep-bench", ".log");
        try {
            long began = System.nanoTime();
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            double peak = 0;
            // The count only rises, so the last look before the end is nearly the final value.
            do {
                peak = Math.max(peak, Memory.peak(process.pid()).orElse(0));
            } while (!process.waitFor(10, TimeUnit.MILLISECONDS));
            double seconds = (System.nanoTime() - began) / 1e9;
            if (process.exitValue() != 0) {
                throw new IOException(
                        "%s ended with %d: %s".formatted(command, process.exitValue(), Files.readString(said)));
            }
            return new WholeProcess(seconds, peak);
        } finally {
            Files.deleteIfExists(said);
        }
    }
}
