package dev.nextstep.server.jobs;

import dev.nextstep.server.http.ApiException;
import dev.nextstep.server.http.Caller;
import dev.nextstep.server.http.Json;
import dev.nextstep.server.http.SseStream;
import dev.nextstep.server.queue.Job;
import dev.nextstep.server.queue.JobChange;
import dev.nextstep.server.queue.JobFeed;
import dev.nextstep.server.queue.JobPicture;
import dev.nextstep.server.queue.JobProgress;
import dev.nextstep.server.queue.JobService;
import dev.nextstep.server.queue.JobState;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /v1/jobs/{id}/events}: what happens to a job. Ids of events are versions of the job, so whoever comes back with
 * the last one ({@code Last-Event-ID}) hears what it has missed, also after a restart and from another server; of what it has
 * missed of a picture, only the last.
 *
 * <ul>
 *   <li>{@code job}: the state changed
 *   <li>{@code picture.running}, {@code picture.partial}, {@code picture.completed}, …: a picture changed
 *   <li>{@code position}: the job came nearer to its turn; has no id
 * </ul>
 */
@RestController
public final class EventsController {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int QUIET_BEFORE_SIGN = 5;

    private final JobService service;

    /** Events of that queue. */
    public EventsController(JobService service) {
        this.service = service;
    }

    /** Sends events until the job has ended. */
    @GetMapping("/v1/jobs/{id}/events")
    public void events(@PathVariable("id") String id, HttpServletRequest request, HttpServletResponse response)
            throws InterruptedException {
        var job = service.find(Caller.of(request), id).orElseThrow(() -> ApiException.notFound("job", id));
        long after = lastEventId(request);
        var stream = SseStream.begin(response);
        try (var feed = service.follow(job, after)) {
            if (!job.state().isEnd() || after < job.version()) {
                follow(job, feed, stream);
            }
        }
    }

    private static long lastEventId(HttpServletRequest request) {
        var id = Optional.ofNullable(request.getHeader("Last-Event-ID"))
                .or(() -> Optional.ofNullable(request.getParameter("last_event_id")))
                .orElse("0");
        if (!id.matches("\\d{1,18}")) {
            throw ApiException.invalid("Last-Event-ID", "Last-Event-ID must be the id of an event: a whole number");
        }
        return Long.parseLong(id);
    }

    private void follow(Job job, JobFeed feed, SseStream stream) throws InterruptedException {
        var position = OptionalInt.empty();
        int quiet = 0;
        while (!service.isStopping()) {
            var changes = feed.next(PATIENCE);
            for (var change : changes) {
                send(change, job, stream);
                if (change instanceof JobChange.OfState(var now) && now.state().isEnd()) {
                    return;
                }
            }
            var progress = service.progress(job, service.pictures(job));
            if (progress.position().isPresent() && !progress.position().equals(position)) {
                sendPosition(job, progress, stream);
                quiet = 0;
            } else if (!changes.isEmpty()) {
                quiet = 0;
            } else if (++quiet >= QUIET_BEFORE_SIGN) {
                stream.keepAlive();
                quiet = 0;
            }
            position = progress.position();
        }
    }

    private static void sendPosition(Job job, JobProgress progress, SseStream stream) {
        var data = Json.MAPPER.createObjectNode().put("id", job.id());
        progress.position().ifPresent(position -> data.put("position", position));
        progress.remaining().ifPresent(remaining -> data.put("eta_seconds", remaining.toMillis() / 1000.0));
        stream.event("position", Optional.empty(), data);
    }

    private static void send(JobChange change, Job job, SseStream stream) {
        var id = Optional.of(Long.toString(change.version()));
        switch (change) {
            case JobChange.OfPicture(var picture) ->
                stream.event(name(picture), id, Json.MAPPER.valueToTree(PictureView.of(job, picture)));
            case JobChange.OfState(var now) -> {
                var data = Json.MAPPER
                        .createObjectNode()
                        .put("id", now.id())
                        .put("state", now.state().id());
                now.error().ifPresent(error -> data.set("error", Json.MAPPER.valueToTree(JobView.ErrorView.of(error))));
                stream.event("job", id, data);
            }
        }
    }

    private static String name(JobPicture picture) {
        return picture.state() == JobState.RUNNING && picture.finishedRows() > 0
                ? "picture.partial"
                : "picture." + picture.state().id();
    }
}
