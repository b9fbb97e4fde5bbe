package dev.nextstep.server.queue;

import dev.nextstep.Progress;
import dev.nextstep.server.config.QueueSettings;
import dev.nextstep.server.drawing.PictureRequest;
import dev.nextstep.server.drawing.Studio;
import dev.nextstep.server.http.ApiError;
import dev.nextstep.server.http.ApiException;
import dev.nextstep.server.http.Caller;
import dev.nextstep.server.http.ErrorAdvice;
import dev.nextstep.server.store.ContentStore;
import dev.nextstep.server.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue of a server: accepts jobs, tells about them, stops them. What is accepted is done once, whatever happens to the
 * process. Safe for use by several threads.
 */
public final class JobService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobService.class);

    /** How long a pause may take; a token of a large picture takes seconds. */
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final Database database;
    private final QueueSettings settings;
    private final Studio studio;
    private final ContentStore store;
    private final JobTable jobs;
    private final JobChanges changes = new JobChanges();
    private final JobEditor editor;
    private final Acceptance acceptance;
    private final Admission admission;
    private final Line line;
    private final Workers workers;
    private final Dispatcher dispatcher;
    private final Janitor janitor;
    private final ExecutorService checks = Executors.newFixedThreadPool(
            2, Thread.ofPlatform().daemon().name("check-", 0).factory());

    /** A queue that draws with a studio and nobody watches; nothing happens before {@link #start}. */
    public JobService(Database database, QueueSettings settings, Studio studio, ContentStore store, long minFreeDisk) {
        this(database, settings, studio, store, minFreeDisk, DrawingWatch.NONE);
    }

    /** A queue that draws with a studio; nothing happens before {@link #start}. */
    public JobService(
            Database database,
            QueueSettings settings,
            Studio studio,
            ContentStore store,
            long minFreeDisk,
            DrawingWatch watch) {
        this.database = database;
        this.settings = settings;
        this.studio = studio;
        this.store = store;
        var model = studio.model().name();
        jobs = new JobTable(database);
        editor = new JobEditor(database, changes);
        acceptance = new Acceptance(database, jobs);
        line = new Line(database, model);
        admission = new Admission(settings, line, store, minFreeDisk);
        workers = new Workers(database, jobs, editor, model, settings.lease(), settings.maxAttempts());
        dispatcher = new Dispatcher(line, workers, jobs, editor, studio, store, settings.picturesAtOnce(), watch);
        janitor = new Janitor(workers, dispatcher, jobs, editor, store, settings);
    }

    /** Begins to draw; first what a killed process has left. */
    public void start() {
        workers.register();
        workers.bury();
        janitor.start();
        dispatcher.start();
    }

    /**
     * Returns if something new may be accepted at all, before its body is read.
     *
     * @throws ApiException if not
     */
    public void requireOpen() {
        admission.requireOpen();
    }

    /** Whether the server is being stopped. */
    public boolean isStopping() {
        return admission.isStopping();
    }

    /**
     * Accepts a job. When this returns it is safe.
     *
     * @throws ApiException if it cannot be done, or there is no room for it
     */
    public Job submit(Submission submission) {
        var before = submission.repeatKey().flatMap(repeat -> acceptance.find(submission.owner(), repeat));
        if (before.isPresent()) {
            return before.get();
        }
        admission.requireOpen();
        var checked = check(submission.request());
        admission.requireMemory(checked.memory());
        var request = checked.request();
        var works = works(request);
        long cost = works.stream().mapToLong(Work::cost).sum();
        admission.requireRoom(submission.owner(), request.pictures(), cost / request.pictures(), this::seconds);
        var counts = new TokenCounts(
                studio.textTokens(request),
                checked.imageTokens() * request.pictures(),
                works.stream().mapToInt(Work::tokens).sum());
        boolean isWaitedFor = submission.origin() == JobOrigin.IMAGES
                && submission.repeatKey().isEmpty();
        var front = isWaitedFor ? Optional.of(workers.id()) : Optional.<String>empty();
        var job = acceptance.accept(submission, request, counts, works, front);
        dispatcher.wake();
        return job;
    }

    private List<Work> works(PictureRequest request) {
        var works = new ArrayList<Work>();
        for (int i = 0; i < request.pictures(); i++) {
            works.add(work(request.only(i)));
        }
        return works;
    }

    private Work work(PictureRequest one) {
        int tokens = studio.tokens(one);
        return new Work(studio.rows(one), tokens, (long) tokens * one.steps());
    }

    // On a thread that computes: pictures may have to be unpacked, a few at a time.
    private Studio.Checked check(PictureRequest request) {
        try {
            return checks.submit(() -> studio.check(request)).get();
        } catch (ExecutionException e) {
            throw new ApiException(ErrorAdvice.ofWork(Objects.requireNonNullElse(e.getCause(), e)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException(ApiError.Kind.STOPPING, "the server is being stopped");
        }
    }

    private long seconds(long cost) {
        var speed = dispatcher.costPerSecond();
        return speed.isEmpty() ? 5 : (long) (cost / speed.getAsDouble());
    }

    /** The job of that id, if this owner has one. */
    public Optional<Job> find(String owner, String id) {
        return jobs.find(id).filter(job -> job.owner().equals(owner));
    }

    /** The job of that id, if this caller may see it. */
    public Optional<Job> find(Caller caller, String id) {
        return jobs.find(id).filter(job -> caller.maySee(job.owner()));
    }

    /** The pictures of a job, in order. */
    public List<JobPicture> pictures(Job job) {
        return jobs.pictures(job.id());
    }

    /** What the package of a job needs of its finished pictures, by their numbers. */
    public Map<Integer, String> details(Job job) {
        return jobs.details(job.id());
    }

    /** An owner's jobs from the newest to the oldest. */
    public List<Job> list(String owner, JobFilter filter, int most) {
        return jobs.list(Optional.of(owner), filter, most);
    }

    /** Everybody's jobs from the newest to the oldest. */
    public List<Job> listAll(JobFilter filter, int most) {
        return jobs.list(Optional.empty(), filter, most);
    }

    /**
     * Content of a picture; empty if it is not there any more.
     *
     * @throws ApiException if the store does not answer
     */
    public Optional<byte[]> content(String hash) {
        try {
            return store.get(hash);
        } catch (StoreException e) {
            throw new ApiException(ErrorAdvice.ofWork(e));
        }
    }

    /** Content of a picture on the way; empty if it is not there any more, or the store does not answer. */
    public Optional<byte[]> passingContent(String hash) {
        try {
            return store.get(hash);
        } catch (StoreException e) { // the next rows may get through
            LOG.debug("rows of a picture cannot be shown", e);
            return Optional.empty();
        }
    }

    /** What changes in a job from some version on; to be closed. */
    public JobFeed follow(Job job, long afterVersion) {
        return new JobFeed(database, jobs, changes, job.id(), Math.min(afterVersion, job.version()));
    }

    /** How far a job is. */
    public JobProgress progress(Job job, List<JobPicture> pictures) {
        double done = 0;
        double running = 0; // work that is left of pictures that are begun
        for (var picture : pictures) {
            double part = fraction(picture);
            done += part;
            if (picture.state() == JobState.RUNNING) {
                running +=
                        (1 - part) * work(job.request().only(picture.index())).cost();
            }
        }
        double fraction = pictures.isEmpty() ? 0 : done / pictures.size();
        if (job.state().isEnd() || job.state() == JobState.PAUSED) {
            return new JobProgress(fraction, OptionalInt.empty(), Optional.empty());
        }
        var ahead = line.ahead(job);
        double cost = Math.max(0, running) + ahead.map(Line.Ahead::cost).orElse(0L);
        var speed = dispatcher.costPerSecond();
        return new JobProgress(
                fraction,
                ahead.map(a -> OptionalInt.of(a.pictures())).orElse(OptionalInt.empty()),
                speed.isEmpty()
                        ? Optional.empty()
                        : Optional.of(Duration.ofMillis((long) (1000 * cost / speed.getAsDouble()))));
    }

    private double fraction(JobPicture picture) {
        return switch (picture.state()) {
            case COMPLETED -> 1;
            case RUNNING ->
                dispatcher
                        .progress(picture.jobId(), picture.index())
                        .map(Progress::fraction)
                        .orElse((double) picture.finishedRows() / picture.totalRows());
            case QUEUED, PAUSED, FAILED, CANCELLED -> (double) picture.finishedRows() / picture.totalRows();
        };
    }

    /**
     * Cancels what is not done of a job, within one token. A job that has ended stays as it is.
     *
     * @return the job as it is then
     */
    public Job cancel(Job job) {
        move(job, Set.of(JobState.QUEUED, JobState.RUNNING, JobState.PAUSED), JobState.CANCELLED);
        dispatcher.stop(job.id(), PictureRun.Stop.DROPPED);
        return now(job);
    }

    /**
     * Stops a job within one token; what is there of its pictures is kept.
     *
     * @return the job as it is then
     * @throws ApiException if it has ended
     */
    public Job pause(Job job) throws InterruptedException {
        requireOpenJob(job, "paused");
        move(job, Set.of(JobState.QUEUED), JobState.PAUSED);
        dispatcher.stop(job.id(), PictureRun.Stop.PAUSED);
        if (!dispatcher.awaitNone(job.id(), PAUSE)) {
            LOG.warn("pictures of {} did not stop in time", job.id());
        }
        move(job, Set.of(JobState.RUNNING), JobState.PAUSED); // those of other servers, which see it and stop
        return now(job);
    }

    /**
     * Lets a paused job go on where it stopped.
     *
     * @return the job as it is then
     * @throws ApiException if it has ended
     */
    public Job resume(Job job) {
        admission.requireOpen();
        requireOpenJob(job, "resumed");
        move(job, Set.of(JobState.PAUSED), JobState.QUEUED);
        dispatcher.wake();
        return now(job);
    }

    /**
     * Gives a job another priority among its owner's.
     *
     * @return the job as it is then
     * @throws ApiException if it has ended
     */
    public Job prioritize(Job job, int priority) {
        return place(job, priority, OptionalLong.empty());
    }

    /**
     * Puts a job in front of another of its owner's, with the same priority as that.
     *
     * @return the job as it is then
     * @throws ApiException if it has ended, or the other one does not wait
     */
    public Job moveBefore(Job job, Job other) {
        var place = line.before(other)
                .orElseThrow(() -> new ApiException(
                        ApiError.Kind.WRONG_STATE, "nothing of job %s waits any more".formatted(other.id())));
        return place(job, place.priority(), OptionalLong.of(place.micros()));
    }

    private Job place(Job job, int priority, OptionalLong place) {
        requireOpenJob(job, "moved");
        var _ = editor.edit(job.id(), Safety.FORCED, edit -> {
            edit.place(priority, place);
            return job;
        });
        return now(job);
    }

    private static void requireOpenJob(Job job, String what) {
        if (job.state().isEnd()) {
            throw new ApiException(
                    ApiError.Kind.WRONG_STATE,
                    "the job is %s and cannot be %s".formatted(job.state().id(), what));
        }
    }

    private void move(Job job, Set<JobState> from, JobState to) {
        var _ = editor.edit(job.id(), Safety.FORCED, edit -> {
            edit.move(from, to, Optional.empty());
            return job;
        });
    }

    private Job now(Job job) {
        return jobs.find(job.id()).orElse(job);
    }

    /** Whether requests can be answered: the database is there. */
    public boolean isReady() {
        try {
            database.now();
            return true;
        } catch (RuntimeException e) {
            LOG.warn("the database does not answer: {}", e.toString());
            return false;
        }
    }

    /** Pictures that wait. */
    public int waiting() {
        return line.waiting();
    }

    /** Pictures in the database by their state; all states are there. */
    public Map<JobState, Integer> pictureCounts() {
        return jobs.pictureCounts();
    }

    /** Pictures that are being drawn here. */
    public int drawing() {
        return dispatcher.drawing();
    }

    /** Accepts nothing more, and begins nothing more. */
    public void stopAccepting() {
        admission.stop();
    }

    /** Lets what is being drawn finish for as long as is set, hands the rest back to the queue, and ends. */
    @Override
    public void close() {
        admission.stop();
        try {
            dispatcher.drain(settings.drain());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        janitor.close();
        dispatcher.close();
        checks.shutdownNow();
        workers.leave();
    }
}
