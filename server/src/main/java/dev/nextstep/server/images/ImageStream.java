package dev.nextstep.server.images;

import dev.nextstep.server.drawing.PartialRows;
import dev.nextstep.server.drawing.PictureRequest;
import dev.nextstep.server.drawing.Task;
import dev.nextstep.server.http.ApiException;
import dev.nextstep.server.http.ErrorBody;
import dev.nextstep.server.http.Json;
import dev.nextstep.server.http.SseStream;
import dev.nextstep.server.queue.Job;
import dev.nextstep.server.queue.JobPicture;
import dev.nextstep.server.queue.JobService;
import dev.nextstep.server.queue.JobState;
import dev.nextstep.server.queue.TokenCounts;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A job as events of the images API: {@code image_generation.partial_image} and {@code .completed}, or {@code image_edit.…}.
 * A partial picture is the rows that are finished, as a picture of their own: full width, as high as they are.
 */
final class ImageStream {
    private final JobService service;
    private final JobWait wait;
    private final SseStream stream;
    private final Map<Integer, Integer> shownRows = new HashMap<>();

    ImageStream(JobService service, JobWait wait, SseStream stream) {
        this.service = service;
        this.wait = wait;
        this.stream = stream;
    }

    void send(Job job, JobWait.Client client) {
        try {
            var _ = wait.await(job, client, new JobWait.Listener() {
                @Override
                public void changed(JobPicture picture) {
                    ImageStream.this.changed(job, picture);
                }

                @Override
                public void quiet() {
                    stream.keepAlive();
                }
            });
        } catch (ApiException e) { // too late for a status
            var data = Json.MAPPER.createObjectNode().put("type", "error");
            data.set("error", ErrorBody.detail(e.error()));
            stream.event("error", Optional.empty(), data);
        }
    }

    private void changed(Job job, JobPicture picture) {
        if (picture.state() == JobState.COMPLETED) {
            picture.resultHash().flatMap(service::content).ifPresent(file -> completed(job, picture, file));
        } else if (picture.state() == JobState.RUNNING) {
            // Not there any more if the next rows were faster.
            picture.partialHash().flatMap(service::passingContent).ifPresent(file -> partial(job, picture, file));
        }
    }

    private void partial(Job job, JobPicture picture, byte[] file) {
        if (picture.partialRows() <= shownRows.getOrDefault(picture.index(), 0)) {
            return; // something else changed
        }
        shownRows.put(picture.index(), picture.partialRows());
        var request = job.request();
        int number = PartialRows.upTo(picture.partialRows(), picture.totalRows(), request.partialPictures()) - 1;
        send(
                name(request, "partial_image"),
                event(job, picture, file)
                        .put("partial_image_index", number)
                        .put("finished_rows", picture.partialRows())
                        .put("rows", picture.totalRows()));
    }

    private void completed(Job job, JobPicture picture, byte[] file) {
        int pictures = job.request().pictures();
        var all = job.tokens();
        var own = new TokenCounts(all.text() / pictures, all.images() / pictures, all.output() / pictures);
        var data = event(job, picture, file);
        data.set("usage", Json.MAPPER.valueToTree(UsageView.of(own)));
        send(name(job.request(), "completed"), data);
    }

    private static ObjectNode event(Job job, JobPicture picture, byte[] file) {
        var request = job.request();
        return Json.MAPPER
                .createObjectNode()
                .put("type", "")
                .put("b64_json", file)
                .put("created_at", Instant.now().getEpochSecond())
                .put("size", sizeName(request))
                .put("quality", "auto")
                .put("background", "opaque")
                .put("output_format", formatName(request))
                .put("id", job.id())
                .put("index", request.index(picture.index()))
                .put("seed", request.seed());
    }

    private void send(String name, ObjectNode data) {
        stream.event(name, Optional.empty(), data.put("type", name));
    }

    private static String name(PictureRequest request, String what) {
        return (request.task() == Task.EDIT ? "image_edit." : "image_generation.") + what;
    }

    /** The kind of files, as the API names it. */
    static String formatName(PictureRequest request) {
        return request.format().name().toLowerCase(Locale.ROOT);
    }

    /** The size, as the API names it. */
    static String sizeName(PictureRequest request) {
        return request.width() + "x" + request.height();
    }
}
