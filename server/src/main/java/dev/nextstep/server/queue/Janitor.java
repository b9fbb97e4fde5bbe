package dev.nextstep.server.queue;

import dev.nextstep.server.config.QueueSettings;
import dev.nextstep.server.http.ApiError;
import dev.nextstep.server.store.ContentStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has to be done now and then: saying that this server lives, burying others, deadlines, throwing away. */
final class Janitor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Janitor.class);
    private static final Duration SWEEP = Duration.ofHours(1);
    private static final Set<JobState> OPEN = Set.of(JobState.QUEUED, JobState.RUNNING, JobState.PAUSED);

    private final Workers workers;
    private final Dispatcher dispatcher;
    private final JobTable jobs;
    private final JobEditor editor;
    private final ContentStore store;
    private final QueueSettings settings;
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(
            2, Thread.ofPlatform().daemon().name("janitor-", 0).factory());

    Janitor(
            Workers workers,
            Dispatcher dispatcher,
            JobTable jobs,
            JobEditor editor,
            ContentStore store,
            QueueSettings settings) {
        this.workers = workers;
        this.dispatcher = dispatcher;
        this.jobs = jobs;
        this.editor = editor;
        this.store = store;
        this.settings = settings;
    }

    void start() {
        long beat = Math.max(100, settings.lease().toMillis() / 4);
        every(Duration.ofMillis(beat), this::beat);
        every(Duration.ofMillis(Math.min(beat, 300)), dispatcher::compare);
        every(Duration.ofMillis(500), this::endLate);
        every(Duration.ofMinutes(1), this::forget);
        every(SWEEP, this::sweep);
    }

    private void every(Duration pause, Runnable work) {
        var _ = clock.scheduleWithFixedDelay(
                () -> {
                    try {
                        work.run();
                    } catch (RuntimeException e) { // the database may be back next time
                        LOG.warn("could not look after the queue: {}", e.toString());
                        LOG.debug("could not look after the queue", e);
                    }
                },
                pause.toMillis(),
                pause.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void beat() {
        workers.beat();
        if (workers.bury() > 0) {
            dispatcher.wake();
        }
    }

    /** Ends jobs whose time is over. */
    void endLate() {
        for (var id : jobs.ids("deadline < ? AND finished IS NULL", Database.time(Instant.now()))) {
            var error = new JobError(
                    ApiError.Kind.DEADLINE_EXCEEDED.code(),
                    "the job was not done before its deadline, which has passed");
            var _ = editor.edit(id, Safety.WRITTEN, job -> {
                job.move(OPEN, JobState.FAILED, Optional.of(error));
                return id;
            });
            dispatcher.stop(id, PictureRun.Stop.DROPPED);
        }
    }

    /** Removes jobs that were done long ago. */
    void forget() {
        for (var id : jobs.ids("finished < ?", Database.time(Instant.now().minus(settings.retention())))) {
            jobs.delete(id);
        }
    }

    /** Removes content that no job needs. */
    void sweep() {
        int removed = store.sweep(jobs::needs, SWEEP);
        LOG.debug("{} pictures that nobody needs were removed", removed);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
