package dev.nextstep.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Long campaigns: what Jazzer calls, and what writes the seeds to disk before (see {@code fuzz/run}). */
public final class FuzzCampaign {
    private static @Nullable FuzzTarget target;

    private FuzzCampaign() {}

    /** Called once by Jazzer with the name of the target. */
    public static void fuzzerInitialize(String[] arguments) {
        target = FuzzTargets.named(arguments[0]);
    }

    /** Called by Jazzer for each input. */
    public static void fuzzerTestOneInput(byte[] input) {
        FuzzRun.accepts(Objects.requireNonNull(target), input);
    }

    /** Writes the seeds of a target into a folder, or prints the names of all targets. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            FuzzTargets.names().forEach(System.out::println);
            return;
        }
        Path folder = Files.createDirectories(Path.of(arguments[1]));
        int number = 0;
        for (byte[] seed : FuzzTargets.named(arguments[0]).seeds()) {
            Files.write(folder.resolve("seed-" + number++), seed);
        }
    }
}
