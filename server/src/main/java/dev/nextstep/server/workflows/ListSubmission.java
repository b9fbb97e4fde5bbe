package dev.nextstep.server.workflows;

import dev.nextstep.server.drawing.PictureRequest;
import dev.nextstep.server.http.Caller;
import dev.nextstep.server.http.Parameters;
import dev.nextstep.server.images.PictureParameters;
import dev.nextstep.server.images.Repeat;
import dev.nextstep.server.jobs.JobsController;
import dev.nextstep.server.queue.JobOrigin;
import dev.nextstep.server.queue.Submission;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Map;

/** A list as a job. */
final class ListSubmission {
    private ListSubmission() {}

    /**
     * A submission.
     *
     * @param asked all that was asked for, as it was asked for
     */
    static Submission of(HttpServletRequest request, PictureRequest list, Parameters given, Map<String, ?> asked) {
        return new Submission(
                Caller.of(request).owner(),
                JobOrigin.JOBS,
                given.get(JobsController.PRIORITY).orElse(JobsController.DEFAULT_PRIORITY),
                list,
                PictureParameters.user(given),
                Repeat.of(request, asked),
                given.get(JobsController.DEADLINE).map(Instant.now()::plusSeconds));
    }
}
