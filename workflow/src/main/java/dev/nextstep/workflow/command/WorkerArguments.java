package dev.nextstep.workflow.command;

import dev.nextstep.cli.StandardInput;
import dev.nextstep.data.DataException;
import dev.nextstep.workflow.batch.BatchJob;
import dev.nextstep.workflow.batch.BatchModel;
import dev.nextstep.workflow.batch.BatchPlan;
import dev.nextstep.workflow.batch.BatchWorker;
import dev.nextstep.workflow.batch.JobReader;
import dev.nextstep.workflow.batch.WorkerPool;
import dev.nextstep.workflow.config.SettingKey;
import dev.nextstep.workflow.config.Settings;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** In how many processes a batch is drawn. */
final class WorkerArguments {
    private static final int MOST = 64;
    private static final int LONGEST_LEASE = 3600;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description =
                    "Draw in N processes, which share processors and memory; 1, the default, is this one. A worker that is "
                            + "killed loses its pictures to the others. The pictures are the same.")
    private int workers = 1;

    @Option(
            names = "--lease",
            paramLabel = "SECONDS",
            description = "How long a worker may give no sign of life (default: ${DEFAULT-VALUE}).")
    private int lease = 30;

    @Option(
            names = "--worker",
            hidden = true,
            paramLabel = "PLAN",
            description = "This is a worker of the process that began it.")
    private @Nullable String plan;

    /** The list as it was read. */
    record ListOfPrompts(String name, String text, JobReader.Form form) {}

    boolean isWorker() {
        return plan != null;
    }

    /** Works for the process at the other end of the standard streams, until those are closed. */
    void work(BatchModel model, List<BatchJob> jobs, Settings settings, long seed) {
        var same = BatchPlan.of(jobs, settings, model, seed);
        if (!same.fingerprint().equals(plan)) {
            throw new DataException("the list, the settings or the model were changed while the batch ran");
        }
        // Not System.in and System.out, which others may use too.
        var in = new FileInputStream(FileDescriptor.in);
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        new BatchWorker(model, same, settings, Path.of(settings.text(SettingKey.OUTPUT_FOLDER))).run(in, out);
    }

    /** Other processes that read the same list, if there are to be some. */
    Optional<BatchWork.Elsewhere> elsewhere(CommandSpec spec, ListOfPrompts list, Settings settings, BatchPlan planned)
            throws IOException {
        return isAlone() ? Optional.empty() : Optional.of(pool(arguments(spec, list), settings, planned));
    }

    /** Other processes with the same command line, if there are to be some. */
    Optional<BatchWork.Elsewhere> elsewhere(CommandSpec spec, Settings settings, BatchPlan planned) {
        return isAlone() ? Optional.empty() : Optional.of(pool(arguments(spec), settings, planned));
    }

    /** Whether this process draws by itself. */
    private boolean isAlone() {
        if (workers < 1 || workers > MOST) {
            throw new IllegalArgumentException("--workers must be between 1 and %d, not %d".formatted(MOST, workers));
        }
        if (lease < 1 || lease > LONGEST_LEASE) {
            throw new IllegalArgumentException(
                    "--lease must be between 1 and %d seconds, not %d".formatted(LONGEST_LEASE, lease));
        }
        return workers == 1;
    }

    private BatchWork.Elsewhere pool(List<String> given, Settings settings, BatchPlan planned) {
        var arguments = new ArrayList<>(given);
        arguments.addAll(List.of("--worker", planned.fingerprint()));
        var starter = new WorkerStarter(arguments, workers);
        int together = settings.whole(SettingKey.BATCH_SIZE);
        return cancellation -> new WorkerPool(starter, workers, together, Duration.ofSeconds(lease), cancellation);
    }

    private static List<String> arguments(CommandSpec spec) {
        return new ArrayList<>(spec.root().commandLine().getParseResult().originalArgs());
    }

    private static List<String> arguments(CommandSpec spec, ListOfPrompts list) throws IOException {
        var arguments = arguments(spec);
        int input = arguments.indexOf(StandardInput.MARK);
        if (list.name.equals(StandardInput.MARK) && input >= 0) { // it can be read only once
            var copy = Files.createTempFile("nextstep-batch", ".list");
            copy.toFile().deleteOnExit();
            Files.writeString(copy, list.text);
            arguments.set(input, copy.toString());
            if (!arguments.contains("--form")) {
                arguments.addAll(List.of("--form", list.form.name().toLowerCase(Locale.ROOT)));
            }
        }
        return arguments;
    }
}
