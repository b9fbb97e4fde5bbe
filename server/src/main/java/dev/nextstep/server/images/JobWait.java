package dev.nextstep.server.images;

import dev.nextstep.server.http.ApiError;
import dev.nextstep.server.http.ApiException;
import dev.nextstep.server.http.ClientGoneException;
import dev.nextstep.server.queue.Job;
import dev.nextstep.server.queue.JobChange;
import dev.nextstep.server.queue.JobPicture;
import dev.nextstep.server.queue.JobService;
import dev.nextstep.server.queue.JobState;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Waits for a job on behalf of a client that is connected; the job ends with the client, unless it may ask again. */
final class JobWait {
    /** How long a client hears nothing. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final JobService service;

    JobWait(JobService service) {
        this.service = service;
    }

    /** What happens while waiting. */
    interface Listener {
        /** A picture changed. */
        default void changed(JobPicture picture) {}

        /** Nothing happened for a while. */
        default void quiet() {}
    }

    /** Whether a job outlives its client. */
    enum Client {
        /** Nobody but this client wants it. */
        ONLY,
        /** The client may ask for it again. */
        MAY_RETURN
    }

    /**
     * Waits until a job is done.
     *
     * @return the job as it is then
     * @throws ApiException if it fails
     */
    Job await(Job job, Client client, Listener listener) {
        try {
            var ended = follow(job, listener);
            ended.error().ifPresent(error -> {
                throw new ApiException(error.toApiError());
            });
            if (ended.state() == JobState.CANCELLED && service.isStopping()) {
                throw stopping();
            }
            if (ended.state() == JobState.CANCELLED) {
                throw new ApiException(ApiError.Kind.CANCELLED, "the request was cancelled");
            }
            return ended;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            giveUp(job, client);
            throw stopping();
        } catch (ClientGoneException | ApiException e) {
            giveUp(job, client);
            throw e;
        }
    }

    private void giveUp(Job job, Client client) {
        if (client == Client.ONLY) {
            service.cancel(job);
        }
    }

    private Job follow(Job job, Listener listener) throws InterruptedException {
        try (var feed = service.follow(job, 0)) {
            while (true) {
                var changes = feed.next(PATIENCE);
                for (var change : changes) {
                    var end = handle(change, listener::changed);
                    if (end.isPresent()) {
                        return end.get();
                    }
                }
                if (changes.isEmpty()) {
                    listener.quiet();
                }
                requireGoingOn(job);
            }
        }
    }

    private static Optional<Job> handle(JobChange change, Consumer<JobPicture> listener) {
        return switch (change) {
            case JobChange.OfPicture(var picture) -> {
                listener.accept(picture);
                yield Optional.empty();
            }
            case JobChange.OfState(var job) ->
                Optional.of(job).filter(j -> j.state().isEnd());
        };
    }

    // A server that is being stopped finishes what it has begun, and begins nothing more.
    private void requireGoingOn(Job job) {
        if (service.isStopping()
                && service.pictures(job).stream().anyMatch(picture -> picture.state() == JobState.QUEUED)) {
            throw stopping();
        }
    }

    private static ApiException stopping() {
        return ApiException.later(
                ApiError.Kind.STOPPING, "the server is being stopped; ask again", Duration.ofSeconds(5));
    }
}
