package dev.nextstep.server.jobs;

import dev.nextstep.server.config.ServerSettings;
import dev.nextstep.server.drawing.Branch;
import dev.nextstep.server.drawing.PictureTries;
import dev.nextstep.server.drawing.Task;
import dev.nextstep.server.http.ApiError;
import dev.nextstep.server.http.ApiException;
import dev.nextstep.server.http.Bodies;
import dev.nextstep.server.http.Caller;
import dev.nextstep.server.http.Json;
import dev.nextstep.server.http.Parameter;
import dev.nextstep.server.http.Parameters;
import dev.nextstep.server.http.Role;
import dev.nextstep.server.images.PictureParameters;
import dev.nextstep.server.images.Repeat;
import dev.nextstep.server.images.Upload;
import dev.nextstep.server.queue.Job;
import dev.nextstep.server.queue.JobFilter;
import dev.nextstep.server.queue.JobOrigin;
import dev.nextstep.server.queue.JobService;
import dev.nextstep.server.queue.JobState;
import dev.nextstep.server.queue.Submission;
import dev.nextstep.server.store.ContentStore;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/jobs}: ask now, look later. */
@RestController
public final class JobsController {
    /** Priority of jobs that say nothing. */
    public static final int DEFAULT_PRIORITY = 5;

    private static final int LONGEST_DEADLINE = 30 * 24 * 3600;

    /** Among the caller's jobs. */
    public static final Parameter<Integer> PRIORITY = Parameter.integer(
            "priority", 0, 9, "Of the caller's jobs those with higher numbers come first; 5 if not given.");

    private static final Parameter<String> BEFORE =
            Parameter.text("before", 64, "Name of a job that waits: this one comes in front of it.");

    /** What says where a job moves to: one of these. */
    public static final List<Parameter<?>> MOVING = List.of(PRIORITY, BEFORE);

    /** When a job fails. */
    public static final Parameter<Integer> DEADLINE = Parameter.integer(
            "deadline_seconds", 1, LONGEST_DEADLINE, "The job fails if it is not done in so many seconds.");

    private static final Parameter<Integer> ROW =
            Parameter.integer("row", 0, 65_536, "First row of tokens that is drawn anew.");

    private static final Parameter<Integer> PICTURE =
            Parameter.integer("picture", 0, 1 << 24, "Number of the picture in the job; 0 if not given.");

    private static final Parameter<Integer> LIMIT =
            Parameter.integer("limit", 1, 100, "Jobs of a page; 20 if not given.");

    private static final Parameter<String> AFTER =
            Parameter.text("after", 64, "Name of the job that the page begins behind.");

    private static final Parameter<String> STATE = Parameter.choice(
            "state", Arrays.stream(JobState.values()).map(JobState::id).toList(), "Only jobs in this state.");

    private static final Parameter<String> QUERY =
            Parameter.text("q", 200, "Only jobs with this text in a prompt, whatever its case.");

    private static final Parameter<String> OWNER = Parameter.text(
            "owner",
            64,
            "Only jobs of this key; if not given, the caller's own, and everybody's for an administrator.");

    /** Parameters of a list. */
    public static final List<Parameter<?>> LISTING = List.of(LIMIT, AFTER, STATE, QUERY, OWNER);

    /** Parameters of a branch. */
    public static final List<Parameter<?>> BRANCHING = List.of(ROW, PICTURE, PictureParameters.SEED, PRIORITY);

    private final Parameter<List<String>> prompt;
    private final PictureParameters parameters;
    private final JobService service;
    private final ContentStore store;
    private final ServerSettings settings;

    /** A jobs API over that queue. */
    public JobsController(
            PictureParameters parameters, JobService service, ContentStore store, ServerSettings settings) {
        this.parameters = parameters;
        this.service = service;
        this.store = store;
        this.settings = settings;
        this.prompt = Parameter.texts(
                "prompt",
                settings.limits().prompts(),
                PictureParameters.LONGEST_PROMPT,
                "What to draw, or what to change: one text, or several for as many pictures.");
    }

    /** All parameters of a new job, in the order of the documentation. */
    public List<Parameter<?>> known(Task task) {
        var all = new ArrayList<Parameter<?>>(List.of(prompt, PRIORITY, DEADLINE));
        all.addAll(parameters.all(task));
        return all;
    }

    /** Accepts a job, and answers at once: JSON for pictures from words, a form for pictures from others. */
    @PostMapping("/v1/jobs")
    public ResponseEntity<JobView> create(HttpServletRequest request) {
        service.requireOpen();
        if (Bodies.isForm(request)) {
            var upload = Upload.read(request, settings.limits(), store);
            var given = Parameters.ofForm(upload.fields(), known(Task.EDIT));
            return create(Task.EDIT, given, upload.asked(), upload.images(), upload.mask(), request);
        }
        var body = Json.object(Bodies.json(request));
        var given = Parameters.ofJson(body, known(Task.GENERATE));
        return create(Task.GENERATE, given, Json.asked(body), List.of(), Optional.empty(), request);
    }

    private ResponseEntity<JobView> create(
            Task task,
            Parameters given,
            Map<String, ?> asked,
            List<String> images,
            Optional<String> mask,
            HttpServletRequest request) {
        var wanted = parameters.request(task, given.require(prompt), given, images, mask);
        return accepted(service.submit(new Submission(
                Caller.of(request).owner(),
                JobOrigin.JOBS,
                given.get(PRIORITY).orElse(DEFAULT_PRIORITY),
                wanted,
                PictureParameters.user(given),
                Repeat.of(request, asked),
                given.get(DEADLINE).map(Instant.now()::plusSeconds))));
    }

    /** The answer to who sent a job that was accepted. */
    public ResponseEntity<JobView> accepted(Job job) {
        return ResponseEntity.accepted()
                .location(URI.create("/v1/jobs/" + job.id()))
                .body(view(job));
    }

    /** The caller's jobs, or everybody's, from the newest to the oldest, page by page. */
    @GetMapping("/v1/jobs")
    public JobListView list(HttpServletRequest request) {
        var given = Parameters.ofForm(Parameters.query(request), LISTING);
        int limit = given.get(LIMIT).orElse(20);
        var filter = new JobFilter(
                given.get(STATE).map(JobState::of), given.get(QUERY).filter(q -> !q.isBlank()), given.get(AFTER));
        var found = list(Caller.of(request), given.get(OWNER), filter, limit + 1);
        var page = found.stream().limit(limit).map(this::view).toList();
        return new JobListView(
                "list",
                page,
                found.size() > limit,
                page.isEmpty() ? Optional.empty() : Optional.of(page.getLast().id()));
    }

    private List<Job> list(Caller caller, Optional<String> owner, JobFilter filter, int most) {
        if (owner.isPresent() && !caller.maySee(owner.get())) {
            throw new ApiException(ApiError.Kind.FORBIDDEN, "jobs of others need a key of the role 'admin'");
        }
        return caller.role() == Role.ADMIN && owner.isEmpty()
                ? service.listAll(filter, most)
                : service.list(owner.orElse(caller.owner()), filter, most);
    }

    /** One job. */
    @GetMapping("/v1/jobs/{id}")
    public JobView one(@PathVariable("id") String id, HttpServletRequest request) {
        return view(find(id, request));
    }

    /** Cancels what is not done of a job, within one token. */
    @DeleteMapping("/v1/jobs/{id}")
    public JobView cancel(@PathVariable("id") String id, HttpServletRequest request) {
        return view(service.cancel(find(id, request)));
    }

    /** Moves a job in the caller's queue: another priority, or the place in front of another job. */
    @PatchMapping("/v1/jobs/{id}")
    public JobView move(@PathVariable("id") String id, HttpServletRequest request) {
        var job = find(id, request);
        var given = Parameters.ofJson(Json.object(Bodies.json(request)), MOVING);
        if (given.get(PRIORITY).isPresent() == given.get(BEFORE).isPresent()) {
            throw ApiException.invalid(PRIORITY.name(), "give 'priority' or 'before', one of the two");
        }
        return view(
                given.get(BEFORE).isPresent()
                        ? service.moveBefore(job, find(given.require(BEFORE), request))
                        : service.prioritize(job, given.require(PRIORITY)));
    }

    /** Stops a job within one token, and keeps what is there of its pictures. */
    @PostMapping("/v1/jobs/{id}/pause")
    public JobView pause(@PathVariable("id") String id, HttpServletRequest request) throws InterruptedException {
        return view(service.pause(find(id, request)));
    }

    /** Lets a paused job go on. */
    @PostMapping("/v1/jobs/{id}/resume")
    public JobView resume(@PathVariable("id") String id, HttpServletRequest request) {
        return view(service.resume(find(id, request)));
    }

    /** Draws one of the pictures with another end: the rows before stay, byte for byte. */
    @PostMapping("/v1/jobs/{id}/branches")
    public ResponseEntity<JobView> branch(@PathVariable("id") String id, HttpServletRequest request) {
        service.requireOpen();
        var job = find(id, request);
        var body = Json.object(Bodies.json(request));
        var given = Parameters.ofJson(body, BRANCHING);
        int picture = given.get(PICTURE).orElse(0);
        if (picture >= job.request().pictures()) {
            throw ApiException.notFound("picture", Integer.toString(picture));
        }
        int row = given.require(ROW);
        int rows = job.request().only(picture).height() / parameters.pixelsPerToken();
        if (row >= rows) {
            throw ApiException.invalid(
                    ROW.name(), "the picture has %d rows; give 0 to %d, not %d".formatted(rows, rows - 1, row));
        }
        long seed = given.get(PictureParameters.SEED).orElseGet(parameters::randomSeed);
        return accepted(service.submit(new Submission(
                Caller.of(request).owner(),
                JobOrigin.JOBS,
                given.get(PRIORITY).orElse(job.priority()),
                job.request().branch(picture, keptSeed(job, picture), new Branch(row, seed)),
                job.clientUser(),
                Repeat.of(request, Json.asked(body)),
                Optional.empty())));
    }

    // Of several tries the one that was kept has its own seed, or even two of them, one above the other.
    private Optional<Long> keptSeed(Job job, int picture) {
        var kept = service.pictures(job).get(picture).tries().map(PictureTries::kept);
        if (kept.isPresent() && kept.get().keptRows() > 0) {
            throw new ApiException(
                    ApiError.Kind.WRONG_STATE,
                    "picture %d was repaired from row %d on, so it is no drawing of one seed that could end otherwise"
                            .formatted(picture, kept.get().keptRows()));
        }
        return kept.map(PictureTries.Try::seed);
    }

    private Job find(String id, HttpServletRequest request) {
        return service.find(Caller.of(request), id).orElseThrow(() -> ApiException.notFound("job", id));
    }

    private JobView view(Job job) {
        var pictures = service.pictures(job);
        return JobView.of(job, pictures, service.progress(job, pictures));
    }
}
