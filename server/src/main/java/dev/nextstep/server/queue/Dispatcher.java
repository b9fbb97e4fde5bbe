package dev.nextstep.server.queue;

import dev.nextstep.Progress;
import dev.nextstep.server.drawing.Studio;
import dev.nextstep.server.store.ContentStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes pictures from the line as soon as there is room for them, and has them drawn. A picture that is drawn has a thread of
 * its own, which waits for the engine, and decodes and writes what is wanted of it.
 */
final class Dispatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    /** How long work of other servers' clients may go unnoticed. */
    private static final Duration LOOK = Duration.ofMillis(500);

    /** How long to wait when the memory or the database has no room. */
    private static final Duration REST = Duration.ofSeconds(1);

    private final Line line;
    private final Workers workers;
    private final JobTable jobs;
    private final JobEditor editor;
    private final Studio studio;
    private final ContentStore store;
    private final int most;
    private final DrawingWatch watch;
    private final Throughput throughput = new Throughput();
    private final Map<Claim, PictureRun> runs = new ConcurrentHashMap<>();
    private final Semaphore news = new Semaphore(0);
    private final ExecutorService drawers = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("picture-", 0).factory());
    private final Thread thread;
    private volatile boolean isOpen = true;
    private volatile boolean rests;
    private volatile Set<Claim> suspects = Set.of();

    Dispatcher(
            Line line,
            Workers workers,
            JobTable jobs,
            JobEditor editor,
            Studio studio,
            ContentStore store,
            int most,
            DrawingWatch watch) {
        this.line = line;
        this.workers = workers;
        this.jobs = jobs;
        this.editor = editor;
        this.studio = studio;
        this.store = store;
        this.most = most;
        this.watch = watch;
        this.thread = Thread.ofPlatform().daemon().name("dispatcher").unstarted(this::work);
    }

    void start() {
        thread.start();
    }

    /** There may be something to do. */
    void wake() {
        news.release();
    }

    private void work() {
        while (isOpen) {
            try {
                if (rests) {
                    rests = false;
                    Thread.sleep(REST);
                }
                while (isOpen && !rests && runs.size() < most && begin()) {
                    // until there is no room or nothing waits
                }
                if (news.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                    news.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.error("cannot take pictures from the queue; trying again", e);
                rests = true;
            }
        }
    }

    // Whether there was anything to begin.
    private boolean begin() {
        var first = line.next();
        if (first.isEmpty()) {
            return false;
        }
        var waiting = first.get();
        var claim = new Claim(waiting.jobId(), waiting.index(), workers.id(), waiting.attempts() + 1);
        boolean isOurs = editor.edit(claim.jobId(), Safety.WRITTEN, job -> {
                    boolean isClaimed = job.claim(claim);
                    if (isClaimed) {
                        line.serve(waiting.owner(), waiting.cost());
                    }
                    return isClaimed;
                })
                .orElse(false);
        if (isOurs) {
            start(claim, waiting.cost());
        }
        return true;
    }

    private void start(Claim claim, long cost) {
        var job = jobs.find(claim.jobId()).orElseThrow();
        var picture = jobs.picture(claim.jobId(), claim.index()).orElseThrow();
        var run = new PictureRun(claim, job, picture, studio, store, editor, watch, new PictureRun.Ending() {
            @Override
            public boolean isAlone() {
                return runs.size() <= 1;
            }

            @Override
            public void ended(PictureRun run, End end) {
                runs.remove(claim);
                throughput.ended(end == End.COMPLETED ? cost : 0);
                rests |= end == End.NO_ROOM;
                wake();
            }
        });
        runs.put(claim, run);
        throughput.begun();
        watch.begun(Duration.between(job.created(), Instant.now()));
        drawers.execute(run);
    }

    /** Pictures that are being drawn here. */
    int drawing() {
        return runs.size();
    }

    /** Sampling steps of tokens per second, if anything was drawn yet. */
    OptionalDouble costPerSecond() {
        return throughput.costPerSecond();
    }

    /** How far a picture is, if it is being drawn here. */
    Optional<Progress> progress(String jobId, int index) {
        return runs.values().stream()
                .filter(run -> run.claim().jobId().equals(jobId) && run.claim().index() == index)
                .findFirst()
                .flatMap(PictureRun::progress);
    }

    /** Stops the pictures of a job that are being drawn here. */
    void stop(String jobId, PictureRun.Stop reason) {
        runs.values().stream().filter(run -> run.claim().jobId().equals(jobId)).forEach(run -> run.stop(reason));
    }

    /** Waits until no picture of a job is being drawn here; false if that takes longer. */
    boolean awaitNone(String jobId, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (runs.keySet().stream().anyMatch(claim -> claim.jobId().equals(jobId))) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(5);
        }
        return true;
    }

    /**
     * Compares what is drawn here with what the database says. Stops what this server may not draw any more, because somebody
     * cancelled it or took it over; gives back what it should draw and does not, because the database was away when it was
     * begun or ended.
     */
    void compare() {
        var drawn = Map.copyOf(runs);
        var valid = Set.copyOf(workers.claims());
        drawn.forEach((claim, run) -> {
            if (!valid.contains(claim)) {
                run.stop(PictureRun.Stop.DROPPED);
            }
        });
        var idle = new HashSet<>(valid);
        idle.removeAll(drawn.keySet());
        idle.removeAll(runs.keySet());
        for (var claim : idle) {
            if (suspects.contains(claim)) { // the second time: it was not just about to be begun
                LOG.warn("picture {} of {} is given back", claim.index(), claim.jobId());
                editor.edit(
                        claim.jobId(), Safety.WRITTEN, job -> job.release(claim, JobState.QUEUED, Optional.empty()));
            }
        }
        suspects = Set.copyOf(idle);
    }

    /** Begins nothing more. */
    void stopTaking() {
        isOpen = false;
        wake();
    }

    /** Lets what is being drawn finish for a while, and hands the rest back. */
    void drain(Duration patience) throws InterruptedException {
        stopTaking();
        thread.join();
        long end = System.nanoTime() + patience.toNanos();
        while (!runs.isEmpty() && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        runs.values().forEach(run -> run.stop(PictureRun.Stop.HANDED_BACK));
        drawers.shutdown();
        boolean isDone = drawers.awaitTermination(30, TimeUnit.SECONDS);
        if (!isDone) {
            LOG.warn("{} pictures did not stop in time; they will be drawn again", runs.size());
        }
    }

    @Override
    public void close() {
        stopTaking();
        drawers.shutdownNow();
    }
}
