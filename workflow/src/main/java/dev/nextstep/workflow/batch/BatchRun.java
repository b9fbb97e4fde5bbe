package dev.nextstep.workflow.batch;

import dev.nextstep.engine.Cancellation;
import dev.nextstep.workflow.config.SettingKey;
import dev.nextstep.workflow.config.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * Draws the pictures of a plan into a folder, here or in other processes, and has each noted in the {@link BatchJournal} when its files are on disk. A run that
 * was killed goes on with the first picture that has no whole files, and ends with the same bytes as one that was not. What
 * cannot be drawn is tried again and then listed, never dropped; what cannot be written ends the run, because a disk that is
 * full or read-only would fail every picture.
 */
public final class BatchRun {
    private final BatchPlan plan;
    private final Path folder;
    private final PictureMaker maker;
    private final PictureSource source;
    private final BatchListener listener;
    private int finished;

    /**
     * A run in this process.
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
        this(model, plan, settings, folder, listener, cancellation, Optional.empty());
    }

    /**
     * A run.
     *
     * @param folder exists already
     * @param elsewhere what draws; this process if empty
     */
    public BatchRun(
            BatchModel model,
            BatchPlan plan,
            Settings settings,
            Path folder,
            BatchListener listener,
            Cancellation cancellation,
            Optional<PictureSource> elsewhere) {
        this.plan = plan;
        this.folder = folder;
        this.listener = listener;
        this.maker = new PictureMaker(model, settings, folder, listener, cancellation);
        this.source =
                elsewhere.orElseGet(() -> new PicturesHere(maker, settings.whole(SettingKey.BATCH_SIZE), cancellation));
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
                if (record == null || !maker.isThere(record)) {
                    left.add(picture);
                }
            }
            finished = plan.pictures().size() - left.size();
            if (finished > 0) {
                listener.resumed(finished, plan.pictures().size());
            }
            source.draw(left, record -> {
                journal.add(record);
                finished++;
                listener.finished(record, finished, plan.pictures().size());
            });
            return journal.inOrder();
        }
    }
}
