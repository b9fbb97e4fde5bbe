package dev.nextstep.workflow.batch;

import dev.nextstep.GenerateRequest;
import dev.nextstep.Picture;
import dev.nextstep.engine.Cancellation;
import dev.nextstep.workflow.config.SettingKey;
import dev.nextstep.workflow.config.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * Draws the pictures of a plan into a folder: those of one prompt together, each scored, tried again with another seed while it
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
                settings.whole(SettingKey.ATTEMPTS));
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
            for (int from = 0; from < left.size(); ) {
                int to = from + 1;
                while (to < left.size() && to - from < together && alike(left.get(from), left.get(to))) {
                    to++;
                }
                group(left.subList(from, to), journal);
                from = to;
            }
            return journal.inOrder();
        }
    }

    private static boolean alike(PlannedPicture one, PlannedPicture other) {
        return one.request().prompt().equals(other.request().prompt())
                && one.request().options().equals(other.request().options());
    }

    private void group(List<PlannedPicture> pictures, BatchJournal journal) throws IOException {
        cancellation.check();
        long start = System.nanoTime();
        List<Picture> drawn = List.of();
        try {
            drawn = model.draw(pictures.stream().map(PlannedPicture::request).toList(), cancellation);
        } catch (CancellationException e) {
            throw e;
        } catch (RuntimeException e) {
            // Each alone below: one that cannot be drawn must not take the others with it.
            pictures.forEach(p -> listener.again(p, String.valueOf(e.getMessage())));
        }
        double share = (System.nanoTime() - start) / 1e9 / pictures.size();
        for (int i = 0; i < pictures.size(); i++) {
            var record = finish(pictures.get(i), drawn.isEmpty() ? Optional.empty() : Optional.of(drawn.get(i)), share);
            journal.add(record);
            finished++;
            listener.finished(record, finished, plan.pictures().size());
        }
    }

    /** The picture that is kept, and all tries. */
    private record Kept(Picture picture, List<PictureRecord.Attempt> attempts, int chosen) {}

    /**
     * Draws until it is good enough, and writes.
     *
     * @param first drawn already, or none if that failed
     */
    private PictureRecord finish(PlannedPicture planned, Optional<Picture> first, double secondsBefore)
            throws IOException {
        long start = System.nanoTime();
        String failure = "";
        Optional<Kept> kept = Optional.empty();
        for (int tried = first.isPresent() ? 0 : 1; kept.isEmpty() && tried <= Math.max(1, retries); tried++) {
            cancellation.check();
            try {
                kept = Optional.of(bestOf(planned, tried == 0 ? first : Optional.empty()));
            } catch (CancellationException e) {
                throw e;
            } catch (RuntimeException e) {
                failure = String.valueOf(e.getMessage());
                if (tried < retries) {
                    listener.again(planned, failure);
                }
            }
        }
        double seconds = secondsBefore + (System.nanoTime() - start) / 1e9;
        if (kept.isEmpty()) {
            return new PictureRecord(planned.index(), List.of(), List.of(), -1, seconds, Optional.of(failure));
        }
        var best = kept.get();
        var written = files.write(planned, best.picture, best.attempts, best.chosen, seconds, model);
        return new PictureRecord(planned.index(), written, best.attempts, best.chosen, seconds, Optional.empty());
    }

    private Kept bestOf(PlannedPicture planned, Optional<Picture> first) {
        var attempts = new ArrayList<PictureRecord.Attempt>();
        var best = first.orElseGet(() -> draw(planned.request()));
        double quality = quality(best);
        attempts.add(new PictureRecord.Attempt(best.recipe().seed(), quality));
        int chosen = 0;
        while (quality < gate.least() && attempts.size() < gate.attempts()) {
            listener.again(planned, "quality %.2f is below %.2f".formatted(quality, gate.least()));
            var other = draw(withSeedOf(planned.request(), attempts.size()));
            double otherQuality = quality(other);
            attempts.add(new PictureRecord.Attempt(other.recipe().seed(), otherQuality));
            if (otherQuality > quality) {
                best = other;
                quality = otherQuality;
                chosen = attempts.size() - 1;
            }
        }
        return new Kept(best, attempts, chosen);
    }

    private double quality(Picture picture) {
        return gate.of(picture.pixels(), model.pixelsPerToken());
    }

    private Picture draw(GenerateRequest request) {
        return model.draw(List.of(request), cancellation).getFirst();
    }

    /** Another try: the same wish with another seed that depends on nothing but the first and the number of the try. */
    private static GenerateRequest withSeedOf(GenerateRequest request, int attempt) {
        long seed = (request.seed() * 0x5851f42d4c957f2dL + attempt * 0x14057b7ef767814fL) >>> 32;
        return new GenerateRequest(request.prompt(), request.options(), 1, request.firstIndex(), seed);
    }
}
