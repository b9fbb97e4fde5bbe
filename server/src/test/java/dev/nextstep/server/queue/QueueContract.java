package dev.nextstep.server.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.GenerateRequest;
import dev.nextstep.NextStep;
import dev.nextstep.image.PictureFormat;
import dev.nextstep.image.PictureLimits;
import dev.nextstep.image.PictureReader;
import dev.nextstep.server.RunningServer;
import dev.nextstep.server.config.DatabaseSettings;
import dev.nextstep.server.config.ServerSettings;
import dev.nextstep.server.config.Setting;
import dev.nextstep.server.drawing.Branch;
import dev.nextstep.server.drawing.PictureRequest;
import dev.nextstep.server.drawing.RowStatistics;
import dev.nextstep.server.drawing.Studio;
import dev.nextstep.server.drawing.Task;
import dev.nextstep.server.http.ApiError;
import dev.nextstep.server.http.ApiException;
import dev.nextstep.server.store.FolderStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What every database has to make of the queue. */
@Timeout(value = 10, unit = TimeUnit.MINUTES) // a picture that nobody draws any more must fail, not hang
abstract class QueueContract {
    private static final List<RowStatistics> ONE_ROW = List.of(new RowStatistics(0.5, 1.5));

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @SuppressWarnings("NullAway.Init")
    private static NextStep model;

    @TempDir
    Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private Database database;

    @SuppressWarnings("NullAway.Init")
    private FolderStore store;

    abstract DatabaseSettings settings();

    @BeforeAll
    static void openModel() {
        model = NextStep.open(RunningServer.MODEL);
    }

    @AfterAll
    static void closeModel() {
        model.close();
    }

    @BeforeEach
    void openDatabase() {
        database = Database.open(settings(), folder);
        store = FolderStore.open(folder.resolve("pictures"));
    }

    @AfterEach
    void close() throws Exception {
        for (var each : open.reversed()) {
            each.close();
        }
        database.close();
    }

    private JobService service(Setting setting, String value) {
        return service(Map.of(setting, value));
    }

    private JobService service(Map<Setting, String> settings) {
        var all = new java.util.EnumMap<Setting, String>(Map.of(Setting.DRAIN, "0s", Setting.LEASE, "2s"));
        all.putAll(settings);
        var studio = new Studio(model, store, PictureLimits.DEFAULT);
        var service = new JobService(database, ServerSettings.of(all).queue(), studio, store, 0);
        open.add(service);
        return service;
    }

    private JobService started() {
        var service = service(Map.of());
        service.start();
        return service;
    }

    private static PictureRequest request(int side, int steps, int count, String... prompts) {
        return new PictureRequest(
                Task.GENERATE,
                "emoji",
                List.of(prompts),
                count,
                0,
                side,
                side,
                "s1",
                steps,
                2,
                1,
                1,
                Optional.empty(),
                Optional.empty(),
                "",
                "",
                7,
                PictureFormat.PNG,
                95,
                0,
                List.of(),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    private static PictureRequest quick(int count, String... prompts) {
        return request(32, 2, count, prompts);
    }

    /** Minutes of work if nobody stops it. */
    private static PictureRequest slow() {
        return request(512, 200, 1, "a city");
    }

    private static Submission submission(String owner, PictureRequest request) {
        return new Submission(owner, JobOrigin.JOBS, 5, request, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Submission repeatable(String owner, PictureRequest request, String key, String fingerprint) {
        return new Submission(
                owner,
                JobOrigin.JOBS,
                5,
                request,
                Optional.empty(),
                Optional.of(new Submission.RepeatKey(key, fingerprint)),
                Optional.empty());
    }

    private static Job await(JobService service, Job job, JobState... states) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            var now = service.find(job.owner(), job.id()).orElseThrow();
            if (List.of(states).contains(now.state())) {
                return now;
            }
            Thread.sleep(5);
        }
        throw new AssertionError("not %s but %s".formatted(List.of(states), service.find(job.owner(), job.id())));
    }

    private static byte[] content(JobService service, Job job, int picture) {
        var hash = service.pictures(job).get(picture).resultHash().orElseThrow();
        return service.content(hash).orElseThrow();
    }

    @Test
    void whatIsAcceptedIsDrawn() throws InterruptedException {
        var service = started();
        var job = service.submit(submission("a", quick(2, "a heart", "a star")));
        assertThat(job.state()).isEqualTo(JobState.QUEUED);
        assertThat(job.tokens().output()).isEqualTo(4 * 4);
        var done = await(service, job, JobState.COMPLETED);
        assertThat(done.started()).isPresent();
        assertThat(done.finished().orElseThrow())
                .isAfterOrEqualTo(done.started().get());
        assertThat(done.created()).isEqualTo(job.created());
        for (int i = 0; i < 4; i++) {
            var expected = model.generate(GenerateRequest.builder(i < 2 ? "a heart" : "a star")
                    .size(32, 32)
                    .steps(2)
                    .guidanceScale(2)
                    .positivePrompt("")
                    .seed(7)
                    .firstIndex(i % 2)
                    .build());
            assertThat(new PictureReader().read(content(service, job, i), "result"))
                    .isEqualTo(expected.pixels());
        }
        assertThat(service.find("b", job.id())).as("of somebody else").isEmpty();
        assertThat(service.progress(done, service.pictures(done)).fraction()).isEqualTo(1);
    }

    @Test
    void whatWaitedWhenTheProcessEndedIsDrawnByTheNext() throws InterruptedException {
        var first = service(Map.of());
        var job = first.submit(submission("a", quick(3, "a heart"))); // never started
        var second = started();
        await(second, job, JobState.COMPLETED);
    }

    @Test
    void whatADeadServerWasDrawingIsDrawnAgainOnce() throws InterruptedException {
        var idle = service(Map.of());
        var job = idle.submit(submission("a", quick(2, "a heart")));
        var hopeless = idle.submit(submission("a", quick(1, "a star")));
        var waited = idle.submit(new Submission(
                "a", JobOrigin.IMAGES, 5, quick(1, "a moon"), Optional.empty(), Optional.empty(), Optional.empty()));
        database.jdbc()
                .sql("INSERT INTO worker (id, model, seen) VALUES ('dead', 'emoji', ?)")
                .param(Database.time(database.now().minusSeconds(60)))
                .update();
        database.jdbc()
                .sql("UPDATE picture SET state = 'running', worker = 'dead', attempts = 3 WHERE job_id = ?"
                        + " AND picture_index = 0")
                .param(job.id())
                .update();
        database.jdbc()
                .sql("UPDATE picture SET state = 'running', worker = 'dead', attempts = 10 WHERE job_id = ?")
                .param(hopeless.id())
                .update();
        database.jdbc()
                .sql("UPDATE job SET front_worker = 'dead' WHERE id = ?")
                .param(waited.id())
                .update();
        var service = started();
        await(service, job, JobState.COMPLETED);
        var failed = await(service, hopeless, JobState.FAILED);
        assertThat(failed.error().orElseThrow().message()).contains("10 times");
        await(service, waited, JobState.CANCELLED);
        assertThat(database.jdbc()
                        .sql("SELECT attempts FROM picture WHERE job_id = ? AND picture_index = 0")
                        .param(job.id())
                        .query(Integer.class)
                        .single())
                .isEqualTo(4);
    }

    @Test
    void whoLostAPictureChangesNothing() {
        var service = service(Map.of());
        var job = service.submit(submission("a", quick(1, "a heart")));
        var changes = new JobChanges();
        var editor = new JobEditor(database, changes);
        var mine = new Claim(job.id(), 0, "me", 1);
        var others = new Claim(job.id(), 0, "other", 2);
        assertThat(editor.edit(job.id(), Safety.WRITTEN, edit -> edit.claim(mine)))
                .contains(true);
        assertThat(editor.edit(job.id(), Safety.WRITTEN, edit -> edit.claim(others)))
                .contains(false);
        var picture = service.pictures(job).getFirst();
        editor.edit(job.id(), Safety.WRITTEN, edit -> {
            edit.revive(picture, Optional.empty());
            return edit.claim(others);
        });
        for (var claim : List.of(mine, new Claim(job.id(), 0, "other", 1))) {
            assertThat(editor.edit(
                            job.id(),
                            Safety.WRITTEN,
                            edit -> edit.advance(claim, ONE_ROW, Optional.of("x"), Optional.empty())
                                    || edit.complete(claim, "0".repeat(64), 1, ONE_ROW)
                                    || edit.fail(claim, new JobError("internal_error", "x"))
                                    || edit.release(claim, JobState.QUEUED, Optional.empty())))
                    .contains(false);
        }
        assertThat(editor.edit(job.id(), Safety.FORCED, edit -> edit.complete(others, "0".repeat(64), 1, ONE_ROW)))
                .contains(true);
        assertThat(editor.edit(job.id(), Safety.FORCED, edit -> edit.complete(others, "1".repeat(64), 1, ONE_ROW)))
                .as("the second time")
                .contains(false);
    }

    @Test
    void theSameRequestSentAgainIsTheSameJob() throws Exception {
        var service = started();
        var first = service.submit(repeatable("a", quick(1, "a heart"), "key", "print"));
        assertThat(service.submit(repeatable("a", quick(1, "a heart"), "key", "print"))
                        .id())
                .isEqualTo(first.id());
        assertThat(service.submit(repeatable("b", quick(1, "a heart"), "key", "print"))
                        .id())
                .as("of another owner")
                .isNotEqualTo(first.id());
        assertThatThrownBy(() -> service.submit(repeatable("a", quick(1, "a star"), "key", "other")))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> assertThat(e.error().kind()).isEqualTo(ApiError.Kind.IDEMPOTENCY_KEY_REUSED));
        var ids = new HashSet<String>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            Callable<String> submit = () -> service.submit(repeatable("c", quick(1, "a heart"), "once", "print"))
                    .id();
            for (var each : threads.invokeAll(java.util.Collections.nCopies(8, submit))) {
                ids.add(each.get());
            }
        }
        assertThat(ids).as("of eight at the same moment").hasSize(1);
        assertThat(service.list("c", JobFilter.ALL, 10)).hasSize(1);
    }

    private List<String> turns(int most) {
        var line = new Line(database, "emoji");
        var editor = new JobEditor(database, new JobChanges());
        var owners = new ArrayList<String>();
        for (int i = 0; i < most; i++) {
            var next = line.next();
            if (next.isEmpty()) {
                break;
            }
            var waiting = next.get();
            var claim = new Claim(waiting.jobId(), waiting.index(), "w", 1);
            editor.edit(waiting.jobId(), Safety.WRITTEN, edit -> {
                line.serve(waiting.owner(), waiting.cost());
                return edit.claim(claim) && edit.complete(claim, "0".repeat(64), 1, ONE_ROW);
            });
            owners.add(waiting.owner());
        }
        return owners;
    }

    @Test
    void ownersTakeTurnsByTheWorkTheyAreGiven() {
        var service = service(Map.of());
        service.submit(submission("long", quick(100, "a heart")));
        assertThat(turns(20)).containsOnly("long");
        service.submit(submission("short", quick(5, "a star")));
        service.submit(submission("large", request(64, 2, 3, "a moon"))); // four times the work of the others
        var turns = turns(40);
        assertThat(turns.subList(0, 20)).filteredOn("long"::equals).hasSizeBetween(10, 13);
        assertThat(turns.subList(0, 12))
                .as("the new ones need not wait for the long line")
                .contains("short", "large");
        assertThat(turns).filteredOn("short"::equals).hasSize(5);
        assertThat(turns).filteredOn("large"::equals).hasSize(3);

        service.submit(submission("short", quick(50, "a star")));
        assertThat(turns(20))
                .as("who had nothing to do for a while is owed nothing")
                .filteredOn("short"::equals)
                .hasSizeBetween(9, 11);
    }

    @Test
    void withinALineHigherPrioritiesComeFirstThenEarlierJobs() {
        var service = service(Map.of());
        var jobs = new ArrayList<Job>();
        for (int priority : new int[] {5, 5, 9, 0}) {
            jobs.add(service.submit(new Submission(
                    "a",
                    JobOrigin.JOBS,
                    priority,
                    quick(2, "a heart"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty())));
        }
        var positions = jobs.stream()
                .map(job ->
                        service.progress(job, service.pictures(job)).position().orElseThrow())
                .toList();
        assertThat(positions).containsExactly(2, 4, 0, 6);
        var other = service.submit(submission("b", quick(3, "a star")));
        assertThat(service.progress(other, service.pictures(other)).position().orElseThrow())
                .as("the other owner's turns come between")
                .isLessThanOrEqualTo(1);
    }

    @Test
    void tooMuchIsRefusedWithAReasonAndATime() {
        var service = service(Map.of(Setting.QUEUE_LIMIT, "10", Setting.QUEUE_LIMIT_PER_KEY, "6"));
        service.submit(submission("a", quick(5, "a heart")));
        assertThatThrownBy(() -> service.submit(submission("a", quick(2, "a heart"))))
                .isInstanceOfSatisfying(ApiException.class, e -> {
                    assertThat(e.error().kind()).isEqualTo(ApiError.Kind.QUEUE_FULL);
                    assertThat(e.error().retryAfter()).isPresent();
                    assertThat(e).hasMessageContaining("of this key");
                });
        service.submit(submission("b", quick(5, "a heart")));
        assertThatThrownBy(() -> service.submit(submission("c", quick(1, "a heart"))))
                .hasMessageContaining("10 pictures wait in all and at most 10 may");
        assertThatThrownBy(() -> service.submit(submission("c", quick(7, "a heart"))))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> assertThat(e.error().kind())
                                .as("it would never fit")
                                .isEqualTo(ApiError.Kind.TOO_LARGE));
        assertThatThrownBy(() -> service.submit(submission("c", request(16_384, 2, 1, "a heart"))))
                .hasMessageContaining("MB of memory");
        service.stopAccepting();
        assertThatThrownBy(() -> service.submit(submission("c", quick(1, "a heart"))))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.error().kind()).isEqualTo(ApiError.Kind.STOPPING));
    }

    @Test
    void aFullDiskRefusesEarly() {
        var studio = new Studio(model, store, PictureLimits.DEFAULT);
        var service = new JobService(database, ServerSettings.of(Map.of()).queue(), studio, store, Long.MAX_VALUE);
        open.add(service);
        assertThatThrownBy(() -> service.submit(submission("a", quick(1, "a heart"))))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.error().kind()).isEqualTo(ApiError.Kind.DISK_FULL));
    }

    @Test
    void cancellingEndsItWithinOneToken() throws InterruptedException {
        var service = service(Setting.PICTURES_AT_ONCE, "1");
        service.start();
        var job = service.submit(submission("a", slow()));
        var next = service.submit(submission("a", quick(1, "a heart")));
        await(service, job, JobState.RUNNING);
        assertThat(service.cancel(job).state()).isEqualTo(JobState.CANCELLED);
        await(service, next, JobState.COMPLETED);
        assertThat(service.cancel(next).state()).as("too late").isEqualTo(JobState.COMPLETED);
        assertThat(service.pictures(job).getFirst().state()).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void aPausedJobGoesOnWhereItStopped() throws InterruptedException {
        var service = started();
        var request = request(128, 200, 1, "a red heart");
        var job = service.submit(submission("a", request));
        await(service, job, JobState.RUNNING);
        while (service.progress(job, service.pictures(job)).fraction() < 0.3) {
            Thread.sleep(5);
        }
        var paused = service.pause(job);
        assertThat(paused.state()).isEqualTo(JobState.PAUSED);
        var picture = service.pictures(job).getFirst();
        assertThat(picture.snapshotHash()).as("what is there is kept").isPresent();
        Thread.sleep(50);
        assertThat(service.find("a", job.id()).orElseThrow().version()).isEqualTo(paused.version());

        service.resume(paused);
        await(service, job, JobState.COMPLETED);
        var undisturbed = service.submit(submission("a", request));
        await(service, undisturbed, JobState.COMPLETED);
        assertThat(content(service, job, 0)).isEqualTo(content(service, undisturbed, 0));
        assertThatThrownBy(() -> service.pause(service.find("a", job.id()).orElseThrow()))
                .hasMessageContaining("completed and cannot be paused");
    }

    @Test
    void aBranchHasTheSameBeginning() throws InterruptedException {
        var service = started();
        var request = request(64, 4, 1, "a red heart");
        var whole = service.submit(submission("a", request));
        var branch = service.submit(submission("a", request.branch(0, Optional.empty(), new Branch(2, 99))));
        await(service, whole, JobState.COMPLETED);
        await(service, branch, JobState.COMPLETED);
        var expected = model.generate(GenerateRequest.builder("a red heart")
                .size(64, 64)
                .steps(4)
                .guidanceScale(2)
                .positivePrompt("")
                .seed(7)
                .reroll(8, 99)
                .build());
        assertThat(new PictureReader().read(content(service, branch, 0), "branch"))
                .isEqualTo(expected.pixels());
        assertThat(content(service, branch, 0)).isNotEqualTo(content(service, whole, 0));
    }

    @Test
    void changesComeInOrderAndCanBeAskedForAgain() throws InterruptedException {
        var service = service(Setting.PICTURES_AT_ONCE, "8");
        service.start();
        var job = service.submit(submission("a", quick(12, "a heart")));
        var versions = new ArrayList<Long>();
        var completed = new ArrayList<Integer>();
        try (var feed = service.follow(job, 0)) {
            boolean isDone = false;
            while (!isDone) {
                for (var change : feed.next(PATIENCE)) {
                    versions.add(change.version());
                    switch (change) {
                        case JobChange.OfPicture(var picture)
                        when picture.state() == JobState.COMPLETED -> completed.add(picture.index());
                        case JobChange.OfState(var now) -> isDone = now.state().isEnd();
                        default -> {}
                    }
                }
            }
        }
        assertThat(versions).isSorted().doesNotHaveDuplicates();
        assertThat(completed)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 12).boxed().toList());
        var middle = versions.get(versions.size() / 2);
        try (var feed = service.follow(service.find("a", job.id()).orElseThrow(), middle)) {
            var missed = feed.next(Duration.ofSeconds(1));
            assertThat(missed).extracting(JobChange::version).isSorted().allMatch(version -> version > middle);
            assertThat(missed.getLast()).isInstanceOf(JobChange.OfState.class);
            assertThat(feed.next(Duration.ofMillis(10))).isEmpty();
        }
    }

    /** A server that was believed dead took it before it noticed, and was killed then. */
    @Test
    void whatNobodyDrawsIsDrawnAgain() throws InterruptedException {
        var job = service(Map.of()).submit(submission("a", quick(1, "a heart")));
        database.jdbc()
                .sql("UPDATE picture SET state = 'running', worker = 'nobody', attempts = 1 WHERE job_id = ?")
                .param(job.id())
                .update();
        await(started(), job, JobState.COMPLETED);
    }

    @Test
    void jobsEndAtTheirDeadline() throws InterruptedException {
        var service = started();
        var job = service.submit(new Submission(
                "a",
                JobOrigin.JOBS,
                5,
                slow(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Instant.now().plusMillis(300))));
        var failed = await(service, job, JobState.FAILED);
        assertThat(failed.error().orElseThrow().code()).isEqualTo("deadline_exceeded");
        var next = service.submit(submission("a", quick(1, "a heart")));
        await(service, next, JobState.COMPLETED);
    }

    @Test
    void listsAreFoundPageByPageAndByText() {
        var service = service(Map.of());
        var ids = new ArrayList<String>();
        for (var prompt : List.of("a RED heart", "100%", "a_b", "a red star", "x\u0000y")) {
            ids.addFirst(service.submit(submission("a", quick(1, prompt))).id());
        }
        assertThat(service.list("a", JobFilter.ALL, 10)).extracting(Job::id).isEqualTo(ids);
        var second = new JobFilter(Optional.empty(), Optional.empty(), Optional.of(ids.get(1)));
        assertThat(service.list("a", second, 2)).extracting(Job::id).isEqualTo(ids.subList(2, 4));
        assertThat(found(service, "red")).containsExactly(ids.get(1), ids.get(4));
        assertThat(found(service, "%")).containsExactly(ids.get(3));
        assertThat(found(service, "_")).containsExactly(ids.get(2));
        assertThat(found(service, "' OR 1=1 --")).isEmpty();
        assertThat(service.list("b", JobFilter.ALL, 10)).isEmpty();
        var running = new JobFilter(Optional.of(JobState.RUNNING), Optional.empty(), Optional.empty());
        assertThat(service.list("a", running, 10)).isEmpty();
    }

    private static List<String> found(JobService service, String text) {
        return service.list("a", new JobFilter(Optional.empty(), Optional.of(text), Optional.empty()), 10).stream()
                .map(Job::id)
                .toList();
    }

    @Test
    void whatIsOldIsForgottenAndItsContentGoes() throws Exception {
        var service = started();
        var old = service.submit(submission("a", quick(1, "a heart")));
        var recent = service.submit(submission("a", quick(1, "a star")));
        await(service, old, JobState.COMPLETED);
        await(service, recent, JobState.COMPLETED);
        var hash = service.pictures(old).getFirst().resultHash().orElseThrow();
        database.jdbc()
                .sql("UPDATE job SET finished = ? WHERE id = ?")
                .param(Database.time(Instant.now().minus(Duration.ofDays(8))))
                .param(old.id())
                .update();
        var jobs = new JobTable(database);
        var editor = new JobEditor(database, new JobChanges());
        var workers = new Workers(database, jobs, editor, "emoji", Duration.ofSeconds(2), 10);
        var settings = ServerSettings.of(Map.of()).queue();
        var line = new Line(database, "emoji");
        var studio = new Studio(model, store, PictureLimits.DEFAULT);
        try (var dispatcher = new Dispatcher(line, workers, jobs, editor, studio, store, 1, DrawingWatch.NONE);
                var janitor = new Janitor(workers, dispatcher, jobs, editor, store, settings)) {
            janitor.forget();
        }
        assertThat(service.find("a", old.id())).isEmpty();
        assertThat(service.find("a", recent.id())).isPresent();
        assertThat(store.sweep(jobs::needs, Duration.ZERO)).isEqualTo(1);
        assertThat(store.get(hash)).isEmpty();
        assertThat(content(service, recent, 0)).isNotEmpty();
    }

    @Test
    void whatBreaksOnePictureBreaksNoOther() throws InterruptedException {
        var service = started();
        var edit = new PictureRequest(
                Task.EDIT,
                "emoji",
                List.of("x"),
                1,
                0,
                32,
                32,
                "s1",
                2,
                2,
                1,
                1,
                Optional.empty(),
                Optional.empty(),
                "",
                "",
                7,
                PictureFormat.PNG,
                95,
                0,
                List.of("0".repeat(64)), // not in the store
                Optional.empty(),
                List.of(),
                Optional.empty());
        assertThatThrownBy(() -> service.submit(submission("a", edit))).isInstanceOf(ApiException.class);
        var jobs = new JobTable(database);
        var broken = new Job(
                "job_broken",
                "a",
                JobOrigin.JOBS,
                JobState.QUEUED,
                5,
                1,
                1,
                edit,
                Optional.empty(),
                Optional.empty(),
                new TokenCounts(1, 1, 1),
                Optional.empty(),
                Instant.now(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        var good = service.submit(submission("a", quick(1, "a heart")));
        jobs.insert(broken, List.of(new Work(2, 4, 8)));
        var failed = await(service, broken, JobState.FAILED);
        assertThat(failed.error().orElseThrow().code()).isEqualTo("internal_error");
        await(service, good, JobState.COMPLETED);
    }

    @Test
    void severalServicesDrawEachPictureOnce() throws InterruptedException {
        var services = List.of(service(Setting.PICTURES_AT_ONCE, "3"), service(Setting.PICTURES_AT_ONCE, "3"));
        var job = services.getFirst().submit(submission("a", quick(30, "a heart")));
        // On an embedded database there is one only: the second would take the first for dead.
        for (var service : database.kind() == Database.Kind.SHARED ? services : services.subList(0, 1)) {
            service.start();
        }
        await(services.getFirst(), job, JobState.COMPLETED);
        var attempts = database.jdbc()
                .sql("SELECT attempts FROM picture WHERE job_id = ?")
                .param(job.id())
                .query(Integer.class)
                .list();
        assertThat(attempts.stream().collect(Collectors.groupingBy(a -> a, Collectors.counting())))
                .isEqualTo(Map.of(1, 30L));
    }
}
