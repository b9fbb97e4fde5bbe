package dev.nextstep.train.measure;

import dev.nextstep.NextStep;
import dev.nextstep.OpenOptions;
import dev.nextstep.data.files.AtomicFile;
import dev.nextstep.engine.Cancellation;
import dev.nextstep.image.PictureWriter;
import dev.nextstep.image.Pixels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures how well a model knows an emoji set, and writes it down: {@code report.json}, {@code report.md}, contact sheets
 * of drawn and true pictures ({@code seen.png}, {@code plain.png}, {@code held-out.png}, {@code edits.png}), and the drawings in
 * {@code drawn/}.
 *
 * <p>The cases and the seed of each drawing follow from the evaluation's seed; nobody chooses. An evaluation that was
 * interrupted, run again with the same output folder, goes on from the pictures that are drawn.
 */
public final class EmojiEvaluation {
    /** Cases on a contact sheet: the first of those chosen. */
    private static final int SHEET = 96;

    private static final int SHEET_COLUMNS = 8;

    private final Path modelDirectory;
    private final EmojiPictures set;
    private final EvaluationCases cases;
    private final EvaluationSettings settings;

    /**
     * An evaluation, not begun.
     *
     * @param modelDirectory the model, in the official layout
     * @param set the real pictures
     * @param cases what the model can be asked
     * @param settings how much is measured
     */
    public EmojiEvaluation(Path modelDirectory, EmojiPictures set, EvaluationCases cases, EvaluationSettings settings) {
        this.modelDirectory = modelDirectory;
        this.set = set;
        this.cases = cases;
        this.settings = settings;
    }

    /**
     * Measures and writes the report.
     *
     * @param out folder for the report; made if it does not exist
     * @throws MeasureException if cases and set do not belong together
     * @throws IOException if the report cannot be written
     * @throws java.util.concurrent.CancellationException if cancelled; what is drawn stays
     */
    public EvaluationReport run(Path out, EvaluationListener listener, Cancellation cancellation) throws IOException {
        var chosen = ChosenCases.of(cases, settings, set);
        Files.createDirectories(out);
        try (var model = NextStep.open(modelDirectory, OpenOptions.DEFAULT.withThreads(1));
                var tokenizers = new Tokenizers(modelDirectory, settings.threads());
                var team = new WorkTeam(settings.threads(), listener, cancellation)) {
            model.requireSize(settings.size(), settings.size());
            var drawer = new CaseDrawer(model, settings, set, out.resolve("drawn"), team);
            var real = RealPictures.read(set, settings, team, tokenizers::reconstruct);
            var figures = new EvaluationFigures(settings, real);
            if (!chosen.reconstructions().isEmpty()) {
                figures.reconstruction(
                        set,
                        chosen.reconstructions(),
                        team.all(
                                EvaluationListener.Stage.RECONSTRUCTING,
                                chosen.reconstructions(),
                                name -> tokenizers.reconstruct(set.read(name, settings.size()))));
            }
            if (!chosen.seen().isEmpty()) {
                var drawn = drawer.draw(EvaluationListener.Stage.DRAWING_SEEN, chosen.seen());
                figures.drawings(EvaluationFigures.Prompts.SEEN, chosen.seen(), drawn);
                sheet(out.resolve("seen.png"), promptCells(chosen.seen(), drawn));
            }
            var plain = chosen.plain();
            if (!plain.isEmpty()) {
                var drawn = drawer.draw(EvaluationListener.Stage.DRAWING_PLAIN, plain);
                figures.plain(plain, drawn);
                sheet(out.resolve("plain.png"), promptCells(plain, drawn));
            }
            if (!chosen.heldOut().isEmpty()) {
                var drawn = drawer.draw(EvaluationListener.Stage.DRAWING_HELD_OUT, chosen.heldOut());
                figures.drawings(EvaluationFigures.Prompts.HELD_OUT, chosen.heldOut(), drawn);
                sheet(out.resolve("held-out.png"), promptCells(chosen.heldOut(), drawn));
            }
            if (!chosen.edits().isEmpty()) {
                var drawn = drawer.edit(chosen.edits());
                figures.edits(set, chosen.edits(), drawn);
                sheet(out.resolve("edits.png"), editCells(chosen.edits(), drawn));
            }
            var report = figures.report(model, set);
            AtomicFile.writeText(out.resolve("report.json"), ReportFile.json(report));
            AtomicFile.writeText(out.resolve("report.md"), ReportTable.markdown(List.of(report)));
            return report;
        }
    }

    private List<CaseSheet.Cell> promptCells(List<CaptionCase> chosen, List<Pixels> drawn) {
        var cells = new ArrayList<CaseSheet.Cell>();
        for (int i = 0; i < Math.min(SHEET, chosen.size()); i++) {
            var item = chosen.get(i);
            cells.add(new CaseSheet.Cell(
                    List.of(drawn.get(i), set.read(item.picture(), settings.size())), item.caption()));
        }
        return cells;
    }

    private List<CaseSheet.Cell> editCells(List<EditCase> chosen, List<Pixels> drawn) {
        var cells = new ArrayList<CaseSheet.Cell>();
        for (int i = 0; i < Math.min(SHEET, chosen.size()); i++) {
            var item = chosen.get(i);
            cells.add(new CaseSheet.Cell(
                    List.of(
                            set.read(item.source(), settings.size()),
                            drawn.get(i),
                            set.read(item.target(), settings.size())),
                    item.instruction()));
        }
        return cells;
    }

    private static void sheet(Path file, List<CaseSheet.Cell> cells) {
        PictureWriter.write(file, CaseSheet.of(cells, SHEET_COLUMNS));
    }
}
