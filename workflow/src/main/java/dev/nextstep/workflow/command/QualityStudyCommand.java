package dev.nextstep.workflow.command;

import dev.nextstep.NextStep;
import dev.nextstep.cli.ExitCode;
import dev.nextstep.cli.Interruption;
import dev.nextstep.cli.JsonReport;
import dev.nextstep.cli.terminal.ContactSheet;
import dev.nextstep.cli.terminal.ProgressBar;
import dev.nextstep.cli.terminal.ProgressUnit;
import dev.nextstep.cli.terminal.SheetCell;
import dev.nextstep.cli.terminal.SheetLayout;
import dev.nextstep.cli.terminal.TerminalInfo;
import dev.nextstep.cli.terminal.TerminalOutput;
import dev.nextstep.data.DataException;
import dev.nextstep.engine.Cancellation;
import dev.nextstep.image.PictureFormat;
import dev.nextstep.image.PictureWriter;
import dev.nextstep.image.Pixels;
import dev.nextstep.image.WriteOptions;
import dev.nextstep.workflow.config.Settings;
import dev.nextstep.workflow.config.SettingsFile;
import dev.nextstep.workflow.quality.DamageStudy;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nextstep quality-study}: how much the scores of {@code quality} can be trusted on a model. */
@Command(
        name = "quality-study",
        description = {
            "Draw pictures, damage them on purpose, and say how well each score tells both apart: the area "
                    + "under the ROC curve, 0.5 for not at all, 1 for always, below 0.5 if it prefers damage."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Example:",
            "  ./nextstep quality-study docs/gallery/prompts.txt --pictures 100 --sheet damaged.png",
        })
public final class QualityStudyCommand implements Callable<Integer> {
    private static final int SHOWN = 10;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Parameters(paramLabel = "PROMPTS", description = "File with one prompt a line; they are taken in turn.")
    private Path file = Path.of("");

    @Option(
            names = "--pictures",
            paramLabel = "N",
            description = "Pictures of each kind, 2 to 10000 (default: ${DEFAULT-VALUE}).")
    private int pictures = 100;

    @Option(names = "--sheet", paramLabel = "FILE", description = "Also some pictures of each kind on one sheet.")
    private @Nullable Path sheet;

    @Option(names = "--json", description = "Print all areas as JSON.")
    private boolean json;

    @Mixin
    private final ModelOfSettings model = new ModelOfSettings();

    @Override
    public Integer call() throws IOException {
        if (pictures < 2 || pictures > 10_000) {
            throw new IllegalArgumentException("--pictures must be between 2 and 10000, not " + pictures);
        }
        var prompts = SettingsFile.text(file)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
        if (prompts.isEmpty()) {
            throw new DataException(file + ": there is no prompt in it");
        }
        var cancellation = new Cancellation();
        try (var _ = Interruption.handledBy(cancellation::cancel, () -> {});
                var opened = model.open(Settings.defaults())) {
            var found = study(opened, prompts, cancellation);
            print(spec.commandLine().getOut(), found);
            if (sheet != null) {
                write(sheet, found);
            }
            return ExitCode.OK.number();
        } catch (CancellationException e) {
            spec.commandLine().getErr().println("nextstep: cancelled; nothing was written");
            return ExitCode.CANCELLED.number();
        }
    }

    private DamageStudy.Findings study(NextStep opened, List<String> prompts, Cancellation cancellation) {
        try (var bar = ProgressBar.start(
                "drawing",
                ProgressUnit.PICTURES,
                OptionalLong.of(DamageStudy.steps(pictures)),
                TerminalInfo.detect(),
                TerminalOutput.of(spec.commandLine().getErr()))) {
            var done = new AtomicLong();
            return new DamageStudy(opened, cancellation)
                    .run(prompts, pictures, SHOWN, () -> bar.update(done.incrementAndGet()));
        }
    }

    private void print(PrintWriter out, DamageStudy.Findings found) {
        if (json) {
            var facts = new LinkedHashMap<String, Object>();
            facts.put("pictures", found.pictures());
            facts.put("sound_95_percent_below", found.limits());
            var areas = new LinkedHashMap<String, Object>();
            found.areas().forEach((kind, values) -> {
                var known = new LinkedHashMap<>(values);
                known.values().removeIf(value -> value.isNaN()); // JSON has no such number
                areas.put(kind, known);
            });
            facts.put("roc_auc", areas);
            JsonReport.print(out, facts);
            return;
        }
        out.println("| damage | " + String.join(" | ", found.limits().keySet()) + " |");
        out.println("|---" + "|---".repeat(found.limits().size()) + "|");
        found.areas().forEach((kind, areas) -> out.println(row(kind, areas.values())));
        out.println(row("95 % of sound pictures are below", found.limits().values()));
        out.flush();
    }

    private static String row(String title, Iterable<Double> values) {
        var row = new StringBuilder("| " + title);
        values.forEach(
                value -> row.append(" | ").append(value.isNaN() ? "–" : String.format(Locale.ROOT, "%.2f", value)));
        return row.append(" |").toString();
    }

    private static void write(Path target, DamageStudy.Findings found) {
        var cells = new ArrayList<SheetCell>();
        found.examples().forEach((kind, list) -> cells.addAll(cells(kind, list)));
        PictureWriter.write(
                target,
                ContactSheet.of(cells, SheetLayout.square(1).withColumns(SHOWN).withScale(2)),
                PictureFormat.ofFileName(target),
                WriteOptions.DEFAULT);
    }

    private static List<SheetCell> cells(String kind, List<Pixels> list) {
        var cells = new ArrayList<SheetCell>();
        for (int i = 0; i < SHOWN; i++) {
            cells.add(new SheetCell(list.get(Math.min(i, list.size() - 1)), i == 0 ? kind : ""));
        }
        return cells;
    }
}
