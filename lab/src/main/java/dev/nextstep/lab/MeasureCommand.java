package dev.nextstep.lab;

import dev.nextstep.cli.ExitCode;
import dev.nextstep.cli.terminal.ProgressBar;
import dev.nextstep.cli.terminal.ProgressUnit;
import dev.nextstep.cli.terminal.TerminalInfo;
import dev.nextstep.cli.terminal.TerminalOutput;
import dev.nextstep.engine.Cancellation;
import dev.nextstep.train.measure.CasesFile;
import dev.nextstep.train.measure.CatalogCases;
import dev.nextstep.train.measure.EmojiEvaluation;
import dev.nextstep.train.measure.EmojiPictures;
import dev.nextstep.train.measure.EvaluationCases;
import dev.nextstep.train.measure.EvaluationListener;
import dev.nextstep.train.measure.EvaluationReport;
import dev.nextstep.train.measure.EvaluationSettings;
import dev.nextstep.train.measure.EvaluationSettings.Part;
import dev.nextstep.train.measure.MeasureException;
import dev.nextstep.train.measure.ReportFile;
import dev.nextstep.train.measure.ReportTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nextstep measure}: how well a model draws the emoji set. */
@Command(
        name = "measure",
        description = {
            "Measure how well a model draws the emoji set: what its tokenizer keeps, whether drawn pictures "
                    + "show the prompted glyph in the prompted style, whether edits go the right way.",
            "Run again with the same --out, it goes on from the pictures that are drawn."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  ./nextstep measure --model models/emoji --emoji-set emoji-set --out measured",
            "  ./nextstep measure --model my-model --emoji-set emoji-set --cases cases.json \\",
            "                     --beside measured/report.json --out measured-mine",
        })
public final class MeasureCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            required = true,
            description = "A model directory in the official layout.")
    private Path model = Path.of("");

    @Option(
            names = "--emoji-set",
            paramLabel = "DIR",
            required = true,
            description = "The rendered emoji set: catalog.json and pictures/.")
    private Path emojiSet = Path.of("");

    @Option(
            names = "--cases",
            paramLabel = "FILE",
            description = "What the model can be asked, and what it has not seen, as JSON; may be given several times. "
                    + "Without it: every base glyph of the set in every style, as if all were seen; no edits.")
    private List<Path> cases = List.of();

    @Option(
            names = "--edit-kinds",
            paramLabel = "KIND",
            split = ",",
            description = "Only edits of these kinds, such as tone,gender.")
    private Set<String> editKinds = Set.of();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Where the report goes: report.json, report.md, sheets, drawings (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("measured");

    @Option(
            names = "--only",
            paramLabel = "PART",
            split = ",",
            description = "Measure only: ${COMPLETION-CANDIDATES}; several with commas.")
    private List<Part> only = List.of(Part.values());

    @Option(names = "--size", paramLabel = "N", description = "Side of the pictures (default: ${DEFAULT-VALUE}).")
    private int size = EvaluationSettings.DEFAULT.size();

    @Option(
            names = "--prompts",
            paramLabel = "N",
            description = "How many seen prompts, and how many held-out ones (default: ${DEFAULT-VALUE}).")
    private int prompts = EvaluationSettings.DEFAULT.prompts();

    @Option(names = "--edits", paramLabel = "N", description = "How many edits (default: ${DEFAULT-VALUE}).")
    private int edits = EvaluationSettings.DEFAULT.edits();

    @Option(
            names = "--reconstructions",
            paramLabel = "N",
            description = "How many pictures for the tokenizer (default: ${DEFAULT-VALUE}).")
    private int reconstructions = EvaluationSettings.DEFAULT.reconstructions();

    @Option(
            names = "--guidance",
            paramLabel = "X",
            description = "Guidance of pictures from words; the model's own if not given.")
    private @Nullable Float guidance;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Decides what is chosen and how it is drawn (default: ${DEFAULT-VALUE}).")
    private long seed = EvaluationSettings.DEFAULT.seed();

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Pictures drawn at the same time; all processors if not given.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--beside",
            paramLabel = "FILE",
            description = "The report.json of another model, to show beside; may be given several times.")
    private List<Path> beside = List.of();

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        try {
            var others = beside.stream().map(ReportFile::read).toList();
            var guided = guidance == null ? OptionalDouble.empty() : OptionalDouble.of(guidance);
            var settings = new EvaluationSettings(
                    Set.copyOf(only), size, prompts, edits, reconstructions, guided, seed, threads);
            var set = EmojiPictures.open(emojiSet);
            EvaluationCases asked = cases.stream()
                    .map(CasesFile::read)
                    .reduce(CasesFile::and)
                    .<EvaluationCases>map(read -> read.withEditsOf(editKinds))
                    .orElseGet(() -> new CatalogCases(set, Set.of()));
            print(measure(new EmojiEvaluation(model, set, asked, settings)), others);
            return ExitCode.OK.number();
        } catch (MeasureException e) {
            spec.commandLine().getErr().println("nextstep: " + e.getMessage());
            return ExitCode.BAD_INPUT.number();
        }
    }

    private EvaluationReport measure(EmojiEvaluation evaluation) throws IOException {
        var terminal = TerminalInfo.detect();
        var output = TerminalOutput.of(spec.commandLine().getErr());
        try (var bars = new StageBars(terminal, output)) {
            return evaluation.run(out, bars, new Cancellation());
        }
    }

    private void print(EvaluationReport report, List<EvaluationReport> others) {
        var printer = spec.commandLine().getOut();
        if (json) {
            printer.print(ReportFile.json(report));
        } else {
            var all = new ArrayList<EvaluationReport>();
            all.add(report);
            all.addAll(others);
            printer.print(ReportTable.markdown(all));
        }
        printer.flush();
    }

    /** One bar after the other. */
    private static final class StageBars implements EvaluationListener, AutoCloseable {
        private final TerminalInfo terminal;
        private final TerminalOutput output;
        private @Nullable ProgressBar bar;

        StageBars(TerminalInfo terminal, TerminalOutput output) {
            this.terminal = terminal;
            this.output = output;
        }

        @Override
        public void progress(Stage stage, int done, int total) {
            if (done == 0) {
                close();
                bar = ProgressBar.start(stage.words(), ProgressUnit.PICTURES, OptionalLong.of(total), terminal, output);
            } else if (bar != null) {
                bar.update(done);
            }
        }

        @Override
        public void close() {
            if (bar != null) {
                bar.close();
                bar = null;
            }
        }
    }
}
