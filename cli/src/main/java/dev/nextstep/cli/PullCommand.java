package dev.nextstep.cli;

import dev.nextstep.checkpoint.TaskDefaults;
import dev.nextstep.cli.terminal.ProgressBar;
import dev.nextstep.cli.terminal.ProgressUnit;
import dev.nextstep.cli.terminal.TerminalInfo;
import dev.nextstep.cli.terminal.TerminalOutput;
import dev.nextstep.hub.HubAccess;
import dev.nextstep.hub.HubClient;
import dev.nextstep.hub.HubReference;
import dev.nextstep.hub.HubSettings;
import dev.nextstep.hub.PullListener;
import dev.nextstep.hub.PullOptions;
import dev.nextstep.hub.PullProgress;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nextstep pull}: a model from a hub. */
@Command(
        name = "pull",
        description = {
            "Fetch a model from the Hugging Face hub into its usual cache.",
            "What is there already is not fetched again, and what was interrupted goes on where it stopped."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  ./nextstep pull stepfun-ai/NextStep-1.1",
            "  ./nextstep pull stepfun-ai/NextStep-1.1@main --include config.json --include \"vae/*\"",
            "",
            "Environment: HF_TOKEN, HF_ENDPOINT, HF_HUB_CACHE, HF_HOME, HF_HUB_OFFLINE.",
        })
final class PullCommand implements Callable<Integer> {
    private final Supplier<HubSettings> environment;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Parameters(paramLabel = "ORG/MODEL[@REVISION]", description = "The repository; a branch, tag or commit after @.")
    private String repository = "";

    @Option(
            names = "--include",
            paramLabel = "GLOB",
            description = "Fetch files that match, such as \"vae/*\" or ** for all; may be given several times. "
                    + "By default what a model needs and no program code.")
    private List<String> include = List.of();

    @Option(names = "--exclude", paramLabel = "GLOB", description = "Leave out files that match.")
    private List<String> exclude = List.of();

    @Option(names = "--parallel", paramLabel = "N", description = "Files at a time, 1 to 64 (default: 4).")
    private @Nullable Integer parallel;

    @Option(names = "--offline", description = "Ask no network: only say whether the model is in the cache, and where.")
    private boolean offline;

    @Option(names = "--json", description = "Print where the model is as JSON.")
    private boolean json;

    /** With the settings of this process. */
    PullCommand() {
        this(HubSettings::fromEnvironment);
    }

    PullCommand(Supplier<HubSettings> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var settings = environment.get();
        if (parallel != null) {
            settings = settings.withParallelFiles(parallel);
        }
        if (offline) {
            settings = settings.withAccess(HubAccess.OFFLINE);
        }
        var reference = HubReference.parse(repository);
        var stop = new AtomicBoolean();
        try (var _ = Interruption.handledBy(
                () -> stop.set(true), () -> note("ends before it has come to a stop; pull again to go on"))) {
            return pull(settings, reference, stop);
        }
    }

    private int pull(HubSettings settings, HubReference reference, AtomicBoolean stop) {
        try (var progress = new Listener(err())) {
            var snapshot = new HubClient(settings).pull(reference, options().withCancellation(stop::get), progress);
            progress.succeed();
            report(reference, snapshot);
            return ExitCode.OK.number();
        } catch (CancellationException e) {
            note("cancelled; what was fetched is kept, the same command goes on");
            return ExitCode.CANCELLED.number();
        }
    }

    private PullOptions options() {
        var included = new ArrayList<>(include);
        var excluded = new ArrayList<>(exclude);
        if (include.isEmpty()) {
            included.addAll(PullOptions.MODEL_FILES);
            included.add(TaskDefaults.FILE);
            excluded.addAll(PullOptions.PROGRAM_FILES);
        }
        return PullOptions.modelFiles().withFiles(included, excluded);
    }

    private void report(HubReference reference, Path snapshot) {
        var out = spec.commandLine().getOut();
        String name = reference.revision().equals(HubReference.DEFAULT_REVISION)
                ? reference.repository()
                : reference.toString();
        boolean isModel = Files.exists(snapshot.resolve("config.json"));
        if (json) {
            var members = new LinkedHashMap<String, Object>();
            members.put("repository", reference.repository());
            members.put("revision", reference.revision());
            members.put("commit", snapshot.getFileName());
            members.put("folder", snapshot);
            members.put("is_model", isModel);
            JsonReport.print(out, members);
            return;
        }
        out.println(snapshot);
        if (isModel) {
            out.println("use it: ./nextstep generate --model %s \"a red heart\"".formatted(name));
        }
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }

    private void note(String text) {
        err().println("nextstep: " + text);
        err().flush();
    }

    /** Shows bytes as they come; retries are lines of their own. */
    private static final class Listener implements PullListener, AutoCloseable {
        private final PrintWriter err;
        private final TerminalInfo terminal = TerminalInfo.detect();
        private final TerminalOutput output;
        private @Nullable ProgressBar bar;

        Listener(PrintWriter err) {
            this.err = err;
            this.output = TerminalOutput.of(err);
        }

        @Override
        public synchronized void progress(PullProgress progress) {
            var current = bar;
            if (current == null) {
                current = ProgressBar.start(
                        "pulling", ProgressUnit.BYTES, OptionalLong.of(progress.bytesTotal()), terminal, output);
                bar = current;
            }
            current.update(progress.bytesDone());
        }

        @Override
        public synchronized void retry(String what, String failure, Duration wait) {
            if (bar != null) {
                output.write("\r");
            }
            err.println("nextstep: %s: %s; again in %.1f s".formatted(what, failure, wait.toMillis() / 1000.0));
            err.flush();
            if (bar != null) {
                bar.redraw();
            }
        }

        synchronized void succeed() {
            if (bar != null) {
                bar.succeed();
            }
        }

        @Override
        public synchronized void close() {
            if (bar != null) {
                bar.close();
            }
        }
    }
}
