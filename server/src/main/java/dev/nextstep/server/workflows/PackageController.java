package dev.nextstep.server.workflows;

import dev.nextstep.server.drawing.Studio;
import dev.nextstep.server.http.ApiError;
import dev.nextstep.server.http.ApiException;
import dev.nextstep.server.http.Caller;
import dev.nextstep.server.queue.JobService;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The package of a batch or of a workflow: what the command line leaves in a folder, as one file. */
@RestController
public final class PackageController {
    private final JobService service;
    private final Studio studio;

    /** Packages of that queue's jobs. */
    public PackageController(JobService service, Studio studio) {
        this.service = service;
        this.studio = studio;
    }

    /** Pictures, what is known of each, the list of all, and the report, when the job has ended. */
    @GetMapping("/v1/jobs/{id}/package.zip")
    public void zip(@PathVariable("id") String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var job = service.find(Caller.of(request), id).orElseThrow(() -> ApiException.notFound("job", id));
        var list = job.request()
                .list()
                .orElseThrow(() -> new ApiException(
                        ApiError.Kind.NOT_FOUND,
                        "job %s has no package; jobs of batches and workflows have one".formatted(job.id())));
        if (!job.state().isEnd()) {
            throw new ApiException(
                    ApiError.Kind.WRONG_STATE,
                    "the job is %s; its package is there when it has ended"
                            .formatted(job.state().id()));
        }
        var files = new PackageFiles(job, list, service, studio);
        response.setContentType("application/zip");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(files.name() + ".zip")
                        .build()
                        .toString());
        files.writeTo(response.getOutputStream());
    }
}
