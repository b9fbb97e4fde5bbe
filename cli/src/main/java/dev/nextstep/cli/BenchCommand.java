package dev.nextstep.cli;

import dev.nextstep.cli.bench.BenchReport;
import dev.nextstep.cli.bench.BenchRun;
import dev.nextstep.cli.bench.Comparison;
import dev.nextstep.cli.bench.Effort;
import dev.nextstep.cli.bench.History;
import dev.nextstep.cli.bench.HistoryEntry;
import dev.nextstep.cli.bench.HtmlReport;
import dev.nextstep.cli.bench.JsonForm;
import dev.nextstep.cli.bench.Section;
import dev.nextstep.cli.bench.TextReport;
import dev.nextstep.cli.terminal.ProgressBar;
import dev.nextstep.cli.terminal.ProgressUnit;
import dev.nextstep.cli.terminal.TerminalInfo;
import dev.nextstep.cli.terminal.TerminalOutput;
import dev.nextstep.engine.Cancellation;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code nextstep bench}: how fast this machine is at everything, and whether it was faster before. */
@Command(
        name = "bench",
        description = {
            "Measure: matrix products against this machine's limits, the stages of a picture, batches, " + "memory.",
            "Takes some minutes; the machine should have nothing else to do."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        synopsisSubcommandLabel = "[COMMAND]",
        commandListHeading = "%nCommands:%n",
        subcommands = {MakeModelCommand.class},
        footer = {
            "",
            "Examples:",
            "  ./nextstep bench --quick                                     does everything work?",
            "  ./nextstep bench --html bench.html --history bench.jsonl     and against the last run",
            "  ./nextstep bench --only stages,batches --model random-14b",
            "  ./nextstep bench make-model --shape 14b --to q4_0 --out random-14b      random weights, official size",
        })
final class BenchCommand implements Callable<Integer> {

    /** Reads the name of a section. */
    static final class SectionConverter implements ITypeConverter<Section> {
        @Override
        public Section convert(String value) {
            return Section.named(value)
                    .orElseThrow(() -> new TypeConversionException("'%s' cannot be measured; there are %s"
                            .formatted(value, String.join(", ", Section.ids()))));
        }
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "PART",
            converter = SectionConverter.class,
            completionCandidates = Candidates.Sections.class,
            description = "kernels, stages or batches, or several of them with commas; all if not given.")
    private @Nullable List<Section> only;

    @Option(names = "--quick", description = "One round of everything, small: whether it works, not how fast it is.")
    private boolean quick;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Write all figures as JSON, or replace the file; - prints.")
    private @Nullable Path json;

    @Option(names = "--html", paramLabel = "FILE", description = "Write a page with tables and plots, or replace it.")
    private @Nullable Path html;

    @Option(
            names = "--history",
            paramLabel = "FILE",
            description = "Compare with the last run in this file on the same machine, then add this run to it.")
    private @Nullable Path historyFile;

    @Mixin
    private final ModelArguments model = new ModelArguments();

    @Override
    public Integer call() throws IOException {
        for (var file : new @Nullable Path[] {json, html, historyFile}) {
            if (file != null) {
                TextFile.requireFolder(file);
            }
        }
        // Before minutes are spent: it may not be a history at all.
        var history = historyFile == null ? Optional.<History>empty() : Optional.of(History.read(historyFile));
        var sections = only == null ? EnumSet.allOf(Section.class) : EnumSet.copyOf(only);
        var run = new BenchRun(model.directory(), model.options(), sections, quick ? Effort.QUICK : Effort.FULL);
        var cancellation = new Cancellation();
        try (var _ = Interruption.handledBy(cancellation::cancel, () -> {})) {
            report(measure(run, cancellation), history);
            return ExitCode.OK.number();
        } catch (CancellationException e) {
            spec.commandLine().getErr().println("nextstep: cancelled; nothing was written");
            return ExitCode.CANCELLED.number();
        }
    }

    private BenchReport measure(BenchRun run, Cancellation cancellation) {
        var output = TerminalOutput.of(spec.commandLine().getErr());
        try (var bar = ProgressBar.start(
                "measuring", ProgressUnit.STEPS, OptionalLong.of(run.steps()), TerminalInfo.detect(), output)) {
            var done = new AtomicLong();
            return run.run(cancellation, () -> bar.update(done.incrementAndGet()));
        }
    }

    private void report(BenchReport report, Optional<History> history) throws IOException {
        var entry = report.historyEntry();
        Optional<Comparison> comparison = history.flatMap(h -> h.compare(entry));
        if (json != null) {
            var text = new StringWriter();
            JsonReport.print(new PrintWriter(text), JsonForm.of(report, comparison));
            writeOrPrint(json, text.toString());
        }
        if (html != null) {
            List<HistoryEntry> before = history.map(History::entries).orElse(List.of());
            TextFile.write(html, HtmlReport.page(report, comparison, before));
        }
        if (history.isPresent()) {
            history.get().append(entry);
        }
        if (!isStandardOutput(json)) {
            var out = spec.commandLine().getOut();
            TextReport.lines(report, comparison).forEach(out::println);
        }
    }

    private void writeOrPrint(Path file, String text) throws IOException {
        if (isStandardOutput(file)) {
            spec.commandLine().getOut().print(text);
            spec.commandLine().getOut().flush();
        } else {
            TextFile.write(file, text);
        }
    }

    private static boolean isStandardOutput(@Nullable Path file) {
        return file != null && file.toString().equals("-");
    }
}
