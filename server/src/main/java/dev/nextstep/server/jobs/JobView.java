package dev.nextstep.server.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nextstep.server.http.Doc;
import dev.nextstep.server.images.UsageView;
import dev.nextstep.server.queue.Job;
import dev.nextstep.server.queue.JobError;
import dev.nextstep.server.queue.JobPicture;
import dev.nextstep.server.queue.JobProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A job as the API tells about it.
 *
 * @param id its name
 * @param object {@code job}
 * @param state how far it is
 * @param owner the key that sent it
 * @param origin how it came
 * @param task what is asked for
 * @param priority among the caller's jobs
 * @param createdAt when it was accepted
 * @param startedAt when its first picture was begun
 * @param finishedAt when its last picture was done
 * @param deadlineAt when it fails if it is not done
 * @param progress part of it that is done
 * @param position pictures that are begun before its next one
 * @param etaSeconds how long it will take
 * @param error why it failed
 * @param user the end user that the client named
 * @param settings what is drawn
 * @param list what its pictures have in common, if it is a batch or a workflow
 * @param usage what it reads and draws
 * @param pictures its pictures
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@SuppressWarnings("OptionalUsedAsFieldOrParameterType")
public record JobView(
        @Doc("Name of the job.") String id,
        @Doc("'job'") String object,

        @Doc("How far it is: queued, running, paused, completed, failed or cancelled.")
        String state,

        @Doc("Id of the key that sent it; 'local' without keys.")
        String owner,

        @Doc("How it came: by the 'images' API or the 'jobs' API.")
        String origin,

        @Doc("What is asked for: generate or edit.") String task,
        @Doc("0 to 9, among the caller's jobs.") int priority,
        @Doc("When it was accepted, in seconds since 1970.") long createdAt,

        @Doc("When its first picture was begun, in seconds since 1970.")
        OptionalLong startedAt,

        @Doc("When its last picture was done, in seconds since 1970.")
        OptionalLong finishedAt,

        @Doc("When it fails if it is not done, in seconds since 1970.")
        OptionalLong deadlineAt,

        @Doc("Part of it that is done, 0 to 1.") double progress,

        @Doc("Pictures that are begun before its next one, if any of it waits.")
        OptionalInt position,

        @Doc("How long it will take, by the speed of late.") OptionalDouble etaSeconds,
        @Doc("Why it failed.") Optional<ErrorView> error,
        @Doc("The end user that the client named.") Optional<String> user,

        @Doc("What is drawn, with every default filled in; of a batch or workflow that of the first picture.")
        SettingsView settings,

        @Doc("Of a batch or workflow: where it comes from, and its package.")
        Optional<ListView> list,

        @Doc("What it reads and draws.") UsageView usage,
        @Doc("Its pictures.") List<PictureView> pictures) {

    /**
     * Why something failed.
     *
     * @param code the exact kind
     * @param message for people
     */
    public record ErrorView(
            @Doc("The exact kind.") String code,
            @Doc("What is wrong.") String message) {
        static ErrorView of(JobError error) {
            return new ErrorView(error.code(), error.message());
        }
    }

    /** A job with its pictures. */
    static JobView of(Job job, List<JobPicture> pictures, JobProgress progress) {
        return new JobView(
                job.id(),
                "job",
                job.state().id(),
                job.owner(),
                job.origin().id(),
                job.request().task().name().toLowerCase(Locale.ROOT),
                job.priority(),
                job.created().getEpochSecond(),
                seconds(job.started()),
                seconds(job.finished()),
                seconds(job.deadline()),
                Math.round(progress.fraction() * 1e4) / 1e4,
                progress.position(),
                progress.remaining().map(JobView::rounded).orElse(OptionalDouble.empty()),
                job.error().map(ErrorView::of),
                job.clientUser(),
                SettingsView.of(job.request()),
                ListView.of(job),
                UsageView.of(job.tokens()),
                pictures.stream().map(picture -> PictureView.of(job, picture)).toList());
    }

    private static OptionalLong seconds(Optional<Instant> time) {
        return time.map(t -> OptionalLong.of(t.getEpochSecond())).orElse(OptionalLong.empty());
    }

    private static OptionalDouble rounded(Duration duration) {
        return OptionalDouble.of(Math.round(duration.toMillis() / 100.0) / 10.0);
    }
}
