package dev.nextstep.workflow.command;

import dev.nextstep.cli.Amounts;
import dev.nextstep.cli.ExitCode;
import dev.nextstep.cli.Interruption;
import dev.nextstep.cli.JsonReport;
import dev.nextstep.cli.OutputFolder;
import dev.nextstep.cli.SpeedPrediction;
import dev.nextstep.cli.terminal.ProgressBar;
import dev.nextstep.cli.terminal.ProgressUnit;
import dev.nextstep.cli.terminal.TerminalInfo;
import dev.nextstep.cli.terminal.TerminalOutput;
import dev.nextstep.engine.Cancellation;
import dev.nextstep.workflow.batch.BatchEstimate;
import dev.nextstep.workflow.batch.BatchJob;
import dev.nextstep.workflow.batch.BatchJournal;
import dev.nextstep.workflow.batch.BatchListener;
import dev.nextstep.workflow.batch.BatchModel;
import dev.nextstep.workflow.batch.BatchPlan;
import dev.nextstep.workflow.batch.BatchResult;
import dev.nextstep.workflow.batch.BatchRun;
import dev.nextstep.workflow.batch.PictureRecord;
import dev.nextstep.workflow.batch.PictureSource;
import dev.nextstep.workflow.batch.PlannedPicture;
import dev.nextstep.workflow.config.SettingKey;
import dev.nextstep.workflow.config.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;

/** A batch as the commands run it: plan, notes, progress, Ctrl-C, and what is written at the end of a run or of a part of it. */
final class BatchWork {
    /** Failures that are named one by one; all stand in the manifest. */
    private static final int MOST_NAMED = 20;

    /** Pictures that there must be room for at the beginning. */
    private static final int SOON = 16;

    private final CommandSpec spec;
    private final BatchModel.Opened model;
    private final Settings settings;
    private final BatchPlan plan;
    private final Path folder;

    /** How results are printed. */
    enum Form {
        /** For people. */
        TEXT,
        /** For programs. */
        JSON
    }

    /** What is written when a run ends, whole or not. */
    @FunctionalInterface
    interface Ending {
        /** Writes it into the folder. */
        void write(BatchResult result) throws IOException;
    }

    BatchWork(CommandSpec spec, BatchModel.Opened model, List<BatchJob> jobs, Settings settings, long seed) {
        this.spec = spec;
        this.model = model;
        this.settings = settings;
        this.plan = BatchPlan.of(jobs, settings, model, seed);
        this.folder = Path.of(settings.text(SettingKey.OUTPUT_FOLDER));
        plan.notes().forEach(this::note);
    }

    Path folder() {
        return folder;
    }

    /** Says what it would do: {@code --dry-run}. */
    void printEstimate(PrintWriter out, Form form) {
        var estimate = BatchEstimate.of(
                plan.pictures(),
                model,
                s -> SpeedPrediction.of(model.model(), s).seconds());
        long free = existing(folder).toFile().getUsableSpace();
        String first = plan.pictures().getFirst().name();
        String last = plan.pictures().getLast().name();
        if (form == Form.JSON) {
            var facts = new LinkedHashMap<String, Object>();
            facts.put("folder", folder.toString());
            facts.put("pictures", estimate.pictures());
            facts.put("seconds", estimate.seconds());
            facts.put("most_bytes", estimate.bytes());
            facts.put("free_bytes", free);
            facts.put("first", first);
            facts.put("last", last);
            JsonReport.print(out, facts);
            return;
        }
        out.printf("pictures  %d%n", estimate.pictures());
        out.printf(
                "time      about %s, %s a picture%n",
                Amounts.seconds(estimate.seconds()), Amounts.seconds(estimate.seconds() / estimate.pictures()));
        out.printf(
                "disk      at most %s in %s, where %s are free%n",
                Amounts.bytes(estimate.bytes()), folder, Amounts.bytes(free));
        out.printf("names     %s … %s%n", first, last);
    }

    private static Path existing(Path wanted) {
        Path place = wanted.toAbsolutePath();
        while (!Files.exists(place) && place.getParent() != null) {
            place = place.getParent();
        }
        return place;
    }

    BatchPlan plan() {
        return plan;
    }

    /** Something else than this process that draws. */
    @FunctionalInterface
    interface Elsewhere {
        /** What draws until it is cancelled. */
        PictureSource source(Cancellation cancellation);
    }

    /** Draws what is left of it; returns when every picture is done, failed or the user has stopped it. */
    ExitCode run(Ending ending) throws IOException {
        return run(Optional.empty(), ending);
    }

    /** The same, elsewhere if that is given. */
    ExitCode run(Optional<Elsewhere> elsewhere, Ending ending) throws IOException {
        requireFolder();
        var cancellation = new Cancellation();
        try (var _ = Interruption.handledBy(cancellation::cancel, () -> note("ends before it has come to a stop"));
                var watching = new Watching()) {
            try {
                var source = elsewhere.map(place -> place.source(cancellation));
                var records = new BatchRun(model, plan, settings, folder, watching, cancellation, source).run();
                watching.succeed();
                var result = BatchResult.of(plan, records, model);
                ending.write(result);
                return report(result);
            } catch (CancellationException e) {
                watching.hide();
                long done = endPart(ending);
                note("cancelled, %d of %d pictures are done; the same command goes on"
                        .formatted(done, plan.pictures().size()));
                return ExitCode.CANCELLED;
            } catch (IOException e) {
                watching.hide();
                throw new IOException(
                        "%s; %s holds what is done, and the same command goes on".formatted(e.getMessage(), folder), e);
            }
        }
    }

    /** It can be written to and has room for the next pictures; if it may be short later, that is said. */
    private void requireFolder() throws IOException {
        Files.createDirectories(folder);
        var pictures = plan.pictures();
        OutputFolder.require(folder, BatchEstimate.bytes(pictures.subList(0, Math.min(SOON, pictures.size())), model));
        long most = BatchEstimate.bytes(pictures, model);
        long free = folder.toFile().getUsableSpace();
        if (free < most) {
            note("the pictures can need up to %s, and %s has %s free"
                    .formatted(Amounts.bytes(most), folder, Amounts.bytes(free)));
        }
    }

    private long endPart(Ending ending) throws IOException {
        var result = BatchResult.of(plan, BatchJournal.recordsIn(folder, plan.fingerprint()), model);
        ending.write(result);
        return result.done();
    }

    private ExitCode report(BatchResult result) {
        int named = 0;
        for (var record : result.records()) {
            if (!record.isDone() && named++ < MOST_NAMED) {
                note("%s: %s"
                        .formatted(
                                plan.pictures().get(record.index()).name(),
                                record.failure().orElse("")));
            }
        }
        if (result.failed() > 0) {
            note("%d of %d pictures failed; the same command tries them again"
                    .formatted(result.failed(), plan.pictures().size()));
        }
        return result.failed() > 0 ? ExitCode.FAILURE : ExitCode.OK;
    }

    private void note(String text) {
        var err = spec.commandLine().getErr();
        err.println("nextstep: " + text);
        err.flush();
    }

    /** A bar over what is left. */
    private final class Watching implements BatchListener, AutoCloseable {
        private static final long SHORT_NANOS = 5_000_000_000L;

        private long began;
        private int found;
        private @Nullable ProgressBar bar;

        @Override
        public void resumed(int done, int total) {
            found = done;
            if (done < total) {
                note("%d of %d pictures are done already".formatted(done, total));
            }
        }

        @Override
        public void finished(PictureRecord record, int finished, int total) {
            var current = bar;
            if (current == null) {
                current = ProgressBar.start(
                        "drawing",
                        ProgressUnit.PICTURES,
                        OptionalLong.of(total - found),
                        TerminalInfo.detect(),
                        TerminalOutput.of(spec.commandLine().getErr()));
                bar = current;
                began = System.nanoTime();
            }
            current.update(finished - found);
        }

        @Override
        public void again(PlannedPicture picture, String reason) {
            LoggerFactory.getLogger(BatchWork.class).debug("{}: again, {}", picture.name(), reason);
        }

        void succeed() {
            if (bar != null && System.nanoTime() - began > SHORT_NANOS) {
                bar.succeed();
            }
        }

        @Override
        public void close() {
            hide();
        }

        void hide() {
            if (bar != null) {
                bar.close();
            }
        }
    }
}
