package dev.nextstep.cli;

import dev.nextstep.OpenOptions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which model, and how it computes. */
final class ModelArguments {

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description =
                    "Model directory in the official layout; the emoji model that comes with the program if not given.")
    private @Nullable Path directory;

    @Option(names = "--threads", paramLabel = "N", description = "Threads to compute on; all processors if not given.")
    private @Nullable Integer threads;

    Path directory() {
        return directory != null ? directory : DefaultModel.directory();
    }

    OpenOptions options() {
        return threads == null ? OpenOptions.DEFAULT : OpenOptions.DEFAULT.withThreads(threads);
    }
}
