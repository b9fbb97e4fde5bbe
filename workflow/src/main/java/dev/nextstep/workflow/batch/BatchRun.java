package dev.nextstep.workflow.batch;

import dev.nextstep.GenerateRequest;
import dev.nextstep.Picture;
import dev.nextstep.engine.Cancellation;
import dev.nextstep.workflow.config.SettingKey;
import dev.nextstep.workflow.config.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/**
 * Draws the pictures of a plan into a folder: several beside each other, each scored, tried again with another seed while it
 * is not good enough, written in all its formats, and noted in the {@link BatchJournal} when its files are on disk. A run that
 * was killed goes on with the first picture that has no whole files, and ends with the same bytes as one that was not. What
 * cannot be drawn is tried again and then listed, never dropped; what cannot be written ends the run, because a disk that is
 * full or read-only would fail every picture.
 */
public final class BatchRun {
    private final BatchModel model;
    private final BatchPlan plan;
    private final Path folder;
    private final QualityGate gate;
    private final int together;
    private final int retries;
    private final PictureFiles files;
    private final BatchListener listener;
    private final Cancellation cancellation;
    private int finished;

    /**
     * A run.
     *
     * @param folder exists already
     */
    public BatchRun(
            BatchModel model,
            BatchPlan plan,
            Settings settings,
            Path folder,
            BatchListener listener,
            Cancellation cancellation) {
        this.model = model;
        this.plan = plan;
        this.folder = folder;
        this.gate = new QualityGate(
                QualityGate.Measure.valueOf(
                        settings.text(SettingKey.QUALITY_MEASURE).toUpperCase(Locale.ROOT)),
                settings.number(SettingKey.MIN_QUALITY),
                settings.whole(SettingKey.ATTEMPTS),
                settings.isOn(SettingKey.REPAIR) ? QualityGate.Retry.REPAIR : QualityGate.Retry.NEW_SEED);
        this.together = settings.whole(SettingKey.BATCH_SIZE);
        this.retries = settings.whole(SettingKey.RETRIES);
        this.files = new PictureFiles(
                folder, settings.whole(SettingKey.JPEG_QUALITY), settings.isOn(SettingKey.METADATA_TRACKING));
        this.listener = listener;
        this.cancellation = cancellation;
    }

    /**
     * Runs until every picture is done or given up.
     *
     * @return what became of all of them, in their order
     * @throws CancellationException if cancelled; what is done stays, and the next run goes on
     * @throws dev.nextstep.data.DataException if the folder holds another batch
     * @throws IOException if a picture or the journal cannot be written; what is done stays, and the next run goes on
     */
    public List<PictureRecord> run() throws IOException {
        try (var journal = BatchJournal.open(folder, plan.fingerprint())) {
            var left = new ArrayList<PlannedPicture>();
            var records = journal.records();
            for (var picture : plan.pictures()) {
                var record = records.get(picture.index());
                if (record == null || !record.isDone() || !files.areWhole(record)) {
                    left.add(picture);
                }
            }
            finished = plan.pictures().size() - left.size();
            if (finished > 0) {
                listener.resumed(finished, plan.pictures().size());
            }
            draw(left, journal);
            return journal.inOrder();
        }
    }

    /** A picture that is being drawn; its first try, or what made that fail at once. */
    private record Begun(PlannedPicture planned, Supplier<Picture> first, long since) {}

    /** As many at a time as the settings say, taken from the front; what comes out is in the order of the plan. */
    private void draw(List<PlannedPicture> left, BatchJournal journal) throws IOException {
        var begun = new ArrayDeque<Begun>();
        var waiting = left.iterator();
        try {
            while (waiting.hasNext() || !begun.isEmpty()) {
                cancellation.check();
                while (waiting.hasNext() && begun.size() < together) {
                    begun.add(begin(waiting.next()));
                }
                var record = finish(begun.remove());
                journal.add(record);
                finished++;
                listener.finished(record, finished, plan.pictures().size());
            }
        } finally {
            if (!begun.isEmpty()) { // it ends before its time: nothing may go on behind the caller's back
                cancellation.cancel();
                begun.forEach(BatchRun::await);
            }
        }
    }

    private static void await(Begun begun) {
        try {
            var _ = begun.first.get();
        } catch (RuntimeException e) {
            // cancelled, or failed: the next run draws it
        }
    }

    private Begun begin(PlannedPicture planned) {
        long now = System.nanoTime();
        try {
            return new Begun(planned, model.begin(planned.request(), cancellation), now);
        } catch (CancellationException e) {
            throw e;
        } catch (RuntimeException e) {
            Supplier<Picture> failure = () -> {
                throw e;
            };
            return new Begun(planned, failure, now);
        }
    }

    /** The picture that is kept, and all tries. */
    private record Kept(Picture picture, List<PictureRecord.Attempt> attempts, int chosen) {}

    /** Draws until it is good enough, and writes. */
    private PictureRecord finish(Begun begun) throws IOException {
        var planned = begun.planned;
        String failure = "";
        Optional<Kept> kept = Optional.empty();
        for (int tried = 0; kept.isEmpty() && tried <= retries; tried++) {
            cancellation.check();
            try {
                kept = Optional.of(bestOf(planned, tried == 0 ? begun.first : () -> draw(planned.request())));
            } catch (CancellationException e) {
                throw e;
            } catch (RuntimeException e) {
                failure = String.valueOf(e.getMessage());
                if (tried < retries) {
                    listener.again(planned, failure);
                }
            }
        }
        double seconds = (System.nanoTime() - begun.since) / 1e9;
        if (kept.isEmpty()) {
            return new PictureRecord(planned.index(), List.of(), List.of(), -1, seconds, Optional.of(failure));
        }
        var best = kept.get();
        var written = files.write(planned, best.picture, best.attempts, best.chosen, seconds, model);
        return new PictureRecord(planned.index(), written, best.attempts, best.chosen, seconds, Optional.empty());
    }

    private Kept bestOf(PlannedPicture planned, Supplier<Picture> first) {
        var attempts = new ArrayList<PictureRecord.Attempt>();
        var best = first.get();
        double quality = gate.of(best, model);
        attempts.add(new PictureRecord.Attempt(best.recipe().seed(), quality, 0));
        int chosen = 0;
        while (quality < gate.least() && attempts.size() < gate.attempts()) {
            listener.again(planned, "quality %.2f is below %.2f".formatted(quality, gate.least()));
            var request = withSeedOf(planned.request(), attempts.size());
            int rows = gate.keptRows(best, model);
            var other = rows == 0
                    ? draw(request)
                    : model.redraw(best, rows, request.seed(), cancellation).get();
            double otherQuality = gate.of(other, model);
            attempts.add(new PictureRecord.Attempt(request.seed(), otherQuality, rows));
            if (otherQuality > quality) {
                best = other;
                quality = otherQuality;
                chosen = attempts.size() - 1;
            }
        }
        return new Kept(best, attempts, chosen);
    }

    private Picture draw(GenerateRequest request) {
        return model.begin(request, cancellation).get();
    }

    /** Another try: the same wish with another seed that depends on nothing but the first and the number of the try. */
    private static GenerateRequest withSeedOf(GenerateRequest request, int attempt) {
        long seed = (request.seed() * 0x5851f42d4c957f2dL + attempt * 0x14057b7ef767814fL) >>> 32;
        return new GenerateRequest(request.prompt(), request.options(), 1, request.firstIndex(), seed);
    }
}
