package dev.nextstep.server.jobs;

import dev.nextstep.server.http.ApiException;
import dev.nextstep.server.http.Caller;
import dev.nextstep.server.queue.Job;
import dev.nextstep.server.queue.JobPicture;
import dev.nextstep.server.queue.JobService;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.ServletWebRequest;

/** Files of pictures. A file never changes under its name, so its hash is its ETag and whoever has it keeps it. */
@RestController
public final class PicturesController {
    private static final Duration FOR_EVER = Duration.ofDays(365);

    private final JobService service;

    /** Pictures of that queue. */
    public PicturesController(JobService service) {
        this.service = service;
    }

    /** A picture that is done. */
    @GetMapping("/v1/jobs/{id}/pictures/{number}")
    public ResponseEntity<byte[]> result(
            @PathVariable("id") String id, @PathVariable("number") String number, HttpServletRequest request) {
        var job = find(id, request);
        var picture = find(job, number);
        return file(
                job,
                picture,
                picture.resultHash(),
                CacheControl.maxAge(FOR_EVER).cachePrivate().immutable(),
                request);
    }

    /** The rows of a picture that are finished, as a picture of their own, if the job asked for partial pictures. */
    @GetMapping("/v1/jobs/{id}/pictures/{number}/partial")
    public ResponseEntity<byte[]> partial(
            @PathVariable("id") String id, @PathVariable("number") String number, HttpServletRequest request) {
        var job = find(id, request);
        var picture = find(job, number);
        return file(job, picture, picture.partialHash(), CacheControl.noCache().cachePrivate(), request);
    }

    private ResponseEntity<byte[]> file(
            Job job, JobPicture picture, Optional<String> hash, CacheControl caching, HttpServletRequest request) {
        var etag = '"'
                + hash.orElseThrow(() -> ApiException.notFound("picture yet", Integer.toString(picture.index())))
                + '"';
        var headers = ResponseEntity.ok().cacheControl(caching).eTag(etag);
        if (new ServletWebRequest(request).checkNotModified(etag)) {
            return ResponseEntity.status(304).cacheControl(caching).eTag(etag).build();
        }
        var content = service.content(hash.get())
                .orElseThrow(() -> ApiException.notFound("picture any more", Integer.toString(picture.index())));
        var format = job.request().only(picture.index()).format();
        return headers.contentType(MediaType.parseMediaType(format.mediaType()))
                .header(
                        "Content-Disposition",
                        ContentDisposition.inline()
                                .filename("%s.%s"
                                        .formatted(
                                                name(job, picture),
                                                format.ending().toLowerCase(Locale.ROOT)))
                                .build()
                                .toString())
                .body(content);
    }

    private static String name(Job job, JobPicture picture) {
        return job.request()
                .list()
                .map(list -> list.pictures().get(picture.index()).name().replace('/', '-'))
                .orElseGet(() -> "%s-%d".formatted(job.id(), picture.index()));
    }

    private Job find(String id, HttpServletRequest request) {
        return service.find(Caller.of(request), id).orElseThrow(() -> ApiException.notFound("job", id));
    }

    private JobPicture find(Job job, String number) {
        return service.pictures(job).stream()
                .filter(picture -> Integer.toString(picture.index()).equals(number))
                .findFirst()
                .orElseThrow(() -> ApiException.notFound("picture", number));
    }
}
