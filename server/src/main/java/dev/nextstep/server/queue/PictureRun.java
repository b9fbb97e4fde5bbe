package dev.nextstep.server.queue;

import dev.nextstep.Drawing;
import dev.nextstep.DrawingListener;
import dev.nextstep.GenerateRequest;
import dev.nextstep.PartialPicture;
import dev.nextstep.Picture;
import dev.nextstep.Progress;
import dev.nextstep.Snapshot;
import dev.nextstep.SnapshotException;
import dev.nextstep.engine.EngineFullException;
import dev.nextstep.engine.MemoryException;
import dev.nextstep.server.drawing.PartialRows;
import dev.nextstep.server.drawing.PictureDetails;
import dev.nextstep.server.drawing.PictureList;
import dev.nextstep.server.drawing.PictureRequest;
import dev.nextstep.server.drawing.PictureTries;
import dev.nextstep.server.drawing.RowStatistics;
import dev.nextstep.server.drawing.Studio;
import dev.nextstep.server.http.ApiException;
import dev.nextstep.server.http.ErrorAdvice;
import dev.nextstep.server.http.Json;
import dev.nextstep.server.store.ContentStore;
import dev.nextstep.server.store.StoreException;
import dev.nextstep.workflow.batch.BatchModel;
import dev.nextstep.workflow.batch.QualityGate;
import dev.nextstep.workflow.batch.Tries;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Draws one picture and says in the database how far it is. What it has said stays true, whoever goes on with the picture:
 * the same request gives the same rows.
 */
final class PictureRun implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(PictureRun.class);

    /** How often rows are noted that nobody wants to see. */
    private static final Duration NOTE = Duration.ofSeconds(1);

    /** How much work a killed process may lose. */
    private static final Duration SAVE = Duration.ofSeconds(15);

    /** Between attempts while the store does not answer; the pause doubles up to the longest. */
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);

    /** Why a run ends before its picture is done. */
    enum Stop {
        /** Nobody wants it any more, or another server does it. */
        DROPPED,
        /** It will go on when somebody says so. */
        PAUSED,
        /** It goes back to the queue. */
        HANDED_BACK
    }

    private final Claim claim;
    private final PictureRequest request;
    private final PictureRequest all;
    private final ContentStore.Safety safety;
    private final JobPicture before;
    private final Studio studio;
    private final ContentStore store;
    private final JobEditor editor;
    private final Ending ending;
    private final DrawingWatch watch;
    private final StageClock clock;
    private final AtomicReference<@Nullable Stop> stop = new AtomicReference<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile @Nullable Drawing drawing;
    // A try after the first: its snapshot would be taken for one of the first.
    private volatile boolean isAgain;
    private final long began = System.nanoTime();
    private int announcedRows;
    private long notedAt = System.nanoTime();
    private long savedAt = System.nanoTime();

    /** Hears of the end of a run. */
    interface Ending {
        /** Whether the run is alone: if there is no room for it now, there never will be. */
        boolean isAlone();

        /** Called once, last. */
        void ended(PictureRun run, End end);
    }

    PictureRun(
            Claim claim,
            Job job,
            JobPicture before,
            Studio studio,
            ContentStore store,
            JobEditor editor,
            DrawingWatch watch,
            Ending ending) {
        this.claim = claim;
        this.all = job.request();
        this.request = all.only(claim.index());
        // Who waits gets the bytes at once, and nobody else asks for them.
        this.safety = job.isKept() ? ContentStore.Safety.FORCED : ContentStore.Safety.CACHED;
        this.before = before;
        this.studio = studio;
        this.store = store;
        this.editor = editor;
        this.ending = ending;
        this.watch = watch;
        this.clock = new StageClock(watch);
        this.announcedRows = before.finishedRows();
    }

    Claim claim() {
        return claim;
    }

    /** How far it is, if it has begun. */
    Optional<Progress> progress() {
        return Optional.ofNullable(drawing).flatMap(Drawing::progress);
    }

    /** Stops it within one token. The first reason counts. */
    void stop(Stop reason) {
        stop.compareAndSet(null, reason);
        stopped.countDown();
        var current = drawing;
        if (current != null) {
            current.cancel();
        }
    }

    @Override
    public void run() {
        var end = End.FAILED;
        try {
            end = draw();
        } catch (RuntimeException | Error e) {
            // The database is away, or the disk is full: the picture stays claimed, and is drawn again by whoever comes
            // next.
            LOG.error("picture {} of {} could not be drawn or noted", claim.index(), claim.jobId(), e);
        } finally {
            watch.ended(end);
            ending.ended(this, end);
        }
    }

    private End draw() {
        try {
            var begun = patiently(this::begin);
            drawing = begun;
            if (stop.get() != null) {
                begun.cancel();
            }
            var first = begun.await(new Listener(begun)).getFirst();
            watch.drawn(first);
            var best = all.list().map(_ -> bestOf(first));
            var picture = best.map(Tries.Best::picture).orElse(first);
            var file = studio.encode(request, picture);
            var hash = patiently(() -> store.put(file, safety));
            var rows = studio.statistics(request, picture);
            var warnings = studio.warnings(picture);
            warnings.forEach(warning -> watch.warned(warning.kind()));
            double seconds = (System.nanoTime() - began) / 1e9;
            var tries = best.filter(b -> gate().least() > 0).map(PictureTries::of);
            var details = best.map(b -> PictureDetails.of(studio, all, claim.index(), b, seconds))
                    .map(Json.MAPPER::writeValueAsString);
            edit(Safety.FORCED, job -> {
                job.describe(claim, warnings, tries);
                return job.complete(claim, hash, file.length, rows, details);
            });
            return End.COMPLETED;
        } catch (CancellationException e) {
            return stopped();
        } catch (MemoryException | EngineFullException e) {
            return noRoom(e);
        } catch (RuntimeException | OutOfMemoryError e) {
            return failed(e);
        }
    }

    // Who is killed between tries begins with the first: all depend on nothing but the request.
    private Tries.Best bestOf(Picture first) {
        var artist = new Tries.Artist() {
            @Override
            public Picture draw(GenerateRequest another) {
                return again(studio.drawAgain(another));
            }

            @Override
            public Picture redraw(Picture best, int rows, long seed) {
                return again(studio.drawAgain(best, rows, seed));
            }
        };
        var tries = new Tries(
                gate(),
                BatchModel.of(studio.model()),
                artist,
                why -> LOG.info("picture {} of {} is drawn again: {}", claim.index(), claim.jobId(), why));
        return tries.of(studio.generateRequest(all, claim.index()), first);
    }

    private QualityGate gate() {
        return all.list().flatMap(PictureList::gate).orElse(QualityGate.OPEN);
    }

    private Picture again(Drawing next) {
        isAgain = true;
        drawing = next;
        if (stop.get() != null) {
            next.cancel();
        }
        var picture = next.await().getFirst();
        watch.drawn(picture);
        return picture;
    }

    /**
     * Does something with the store; as long as it does not answer, this picture waits: its claim is kept, and what was drawn is
     * not thrown away.
     *
     * @throws CancellationException if the picture is stopped meanwhile
     */
    private <T> T patiently(Supplier<T> work) {
        var pause = FIRST_PAUSE;
        while (true) {
            try {
                return work.get();
            } catch (StoreException e) {
                LOG.warn("picture {} of {} waits: {}", claim.index(), claim.jobId(), e.getMessage());
            }
            try {
                if (stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new CancellationException("stopped while the store was away");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("the server is being stopped");
            }
            pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private Optional<String> putIfPossible(byte[] content, ContentStore.Safety kind) {
        try {
            return Optional.of(store.put(content, kind));
        } catch (StoreException e) { // it can do without
            LOG.debug("rows of picture {} of {} cannot be stored", claim.index(), claim.jobId(), e);
            return Optional.empty();
        }
    }

    private Drawing begin() {
        var snapshot = before.snapshotHash().flatMap(store::get);
        if (snapshot.isPresent()) {
            try {
                return studio.resume(snapshot.get());
            } catch (SnapshotException e) {
                LOG.warn("picture {} of {} begins anew: {}", claim.index(), claim.jobId(), e.getMessage());
            }
        }
        return studio.draw(request, 0);
    }

    private End stopped() {
        switch (stop.get()) {
            case PAUSED -> edit(Safety.FORCED, job -> job.release(claim, JobState.PAUSED, saved()));
            case HANDED_BACK -> edit(Safety.FORCED, job -> job.release(claim, JobState.QUEUED, saved()));
            case DROPPED -> {}
            // The model was closed under it: the process ends.
            case null -> edit(Safety.FORCED, job -> job.release(claim, JobState.QUEUED, Optional.empty()));
        }
        return End.STOPPED;
    }

    private End noRoom(RuntimeException reason) {
        if (ending.isAlone()) {
            return failed(reason);
        }
        LOG.info("no room for picture {} of {} now: {}", claim.index(), claim.jobId(), reason.getMessage());
        edit(Safety.WRITTEN, job -> job.release(claim, JobState.QUEUED, Optional.empty()));
        return End.NO_ROOM;
    }

    private End failed(Throwable reason) {
        if (reason instanceof ApiException) { // such as a picture that is not to be shown
            LOG.info("picture {} of {}: {}", claim.index(), claim.jobId(), reason.getMessage());
        } else {
            LOG.warn("picture {} of {} failed", claim.index(), claim.jobId(), reason);
        }
        var error = JobError.of(ErrorAdvice.ofWork(reason));
        edit(Safety.FORCED, job -> job.fail(claim, error));
        return End.FAILED;
    }

    private Optional<String> saved() {
        var current = drawing;
        if (current == null || isAgain) {
            return Optional.empty();
        }
        try {
            return saved(current.snapshot());
        } catch (CancellationException e) { // its sources were not even read
            return Optional.empty();
        }
    }

    private Optional<String> saved(Snapshot snapshot) {
        return snapshot.tokens(0) == 0 ? Optional.empty() : putIfPossible(snapshot.toBytes(), safety);
    }

    private boolean edit(Safety safety, Function<JobEdit, Boolean> change) {
        return editor.edit(claim.jobId(), safety, change).orElse(false);
    }

    /** Hears of rows on the run's own thread. */
    private final class Listener implements DrawingListener {
        private final Drawing followed;

        private Listener(Drawing followed) {
            this.followed = followed;
        }

        @Override
        public void progress(Progress progress) {
            clock.progress(progress);
        }

        @Override
        public void partial(PartialPicture partial) {
            int rows = partial.finishedRows();
            if (rows <= announcedRows) {
                return; // said before, by a run that was killed
            }
            long now = System.nanoTime();
            Optional<String> hash = Optional.empty();
            if (PartialRows.isWanted(rows, partial.rows(), request.partialPictures())) {
                hash = putIfPossible(studio.encodePartial(request, partial.pixels()), ContentStore.Safety.CACHED);
            }
            Optional<String> snapshot = Optional.empty();
            if (now - savedAt >= SAVE.toNanos()) {
                snapshot = saved(followed.snapshot());
                savedAt = now;
            }
            if (hash.isEmpty() && snapshot.isEmpty() && now - notedAt < NOTE.toNanos()) {
                return;
            }
            notedAt = now;
            announcedRows = rows;
            var partialHash = hash;
            var snapshotHash = snapshot;
            var statistics = RowStatistics.of(partial.tokens());
            if (!edit(Safety.WRITTEN, job -> job.advance(claim, statistics, partialHash, snapshotHash))) {
                stop(Stop.DROPPED);
            }
        }
    }
}
