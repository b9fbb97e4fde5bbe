package dev.nextstep.server.images;

import dev.nextstep.server.config.ServerSettings;
import dev.nextstep.server.drawing.PictureRequest;
import dev.nextstep.server.drawing.Task;
import dev.nextstep.server.http.ApiException;
import dev.nextstep.server.http.Bodies;
import dev.nextstep.server.http.Caller;
import dev.nextstep.server.http.Json;
import dev.nextstep.server.http.Parameter;
import dev.nextstep.server.http.Parameters;
import dev.nextstep.server.http.SseStream;
import dev.nextstep.server.queue.Job;
import dev.nextstep.server.queue.JobOrigin;
import dev.nextstep.server.queue.JobService;
import dev.nextstep.server.queue.Submission;
import dev.nextstep.server.store.ContentStore;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code POST /v1/images/generations} and {@code /v1/images/edits}: pictures for a client that waits, as a whole or growing.
 * Behind it is a job like any other, in the same queue.
 */
@RestController
public final class ImagesController {
    /** Before jobs without a priority: somebody waits. */
    private static final int PRIORITY = 7;

    private static final Parameter<String> PROMPT =
            Parameter.text("prompt", PictureParameters.LONGEST_PROMPT, "What to draw, or what to change.");

    private static final Parameter<String> RESPONSE_FORMAT = Parameter.choice(
            "response_format", List.of("b64_json", "url"), "The picture itself, in Base64, or where it is to be had.");

    private static final Parameter<Boolean> STREAM =
            Parameter.flag("stream", "Send server-sent events: partial pictures, then each picture.");

    private static final Parameter<String> MODERATION =
            Parameter.choice("moderation", List.of("auto"), "'auto': whatever the server is set to.");

    private final PictureParameters parameters;
    private final JobService service;
    private final ContentStore store;
    private final ServerSettings settings;
    private final JobWait wait;

    /** An images API that draws by that queue. */
    public ImagesController(
            PictureParameters parameters, JobService service, ContentStore store, ServerSettings settings) {
        this.parameters = parameters;
        this.service = service;
        this.store = store;
        this.settings = settings;
        this.wait = new JobWait(service);
    }

    /** All parameters of a task, in the order of the documentation. */
    public List<Parameter<?>> known(Task task) {
        var all = new ArrayList<Parameter<?>>(List.of(PROMPT, RESPONSE_FORMAT, STREAM));
        all.addAll(parameters.all(task));
        all.addAll(List.of(PictureParameters.QUALITY, PictureParameters.BACKGROUND));
        if (task == Task.GENERATE) {
            all.add(MODERATION);
        }
        return all;
    }

    /** Pictures from words. */
    @PostMapping("/v1/images/generations")
    public void generate(HttpServletRequest request, HttpServletResponse response) throws IOException {
        service.requireOpen();
        var body = Json.object(Bodies.json(request));
        var given = Parameters.ofJson(body, known(Task.GENERATE));
        var wanted =
                parameters.request(Task.GENERATE, List.of(given.require(PROMPT)), given, List.of(), Optional.empty());
        answer(wanted, given, Json.asked(body), request, response);
    }

    /** Pictures from others and an instruction. */
    @PostMapping(path = "/v1/images/edits", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    public void edit(HttpServletRequest request, HttpServletResponse response) throws IOException {
        service.requireOpen();
        var upload = Upload.read(request, settings.limits(), store);
        var given = Parameters.ofForm(upload.fields(), known(Task.EDIT));
        var wanted =
                parameters.request(Task.EDIT, List.of(given.require(PROMPT)), given, upload.images(), upload.mask());
        answer(wanted, given, upload.asked(), request, response);
    }

    private void answer(
            PictureRequest wanted,
            Parameters given,
            Map<String, ?> asked,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        boolean isStream = given.get(STREAM).orElse(false);
        boolean isUrl = given.get(RESPONSE_FORMAT).filter("url"::equals).isPresent();
        if (!isStream && wanted.partialPictures() > 0) {
            throw ApiException.invalid("partial_images", "'partial_images' needs 'stream': true");
        }
        if (isStream && isUrl) {
            throw ApiException.invalid("response_format", "a stream holds the pictures themselves: b64_json");
        }
        var repeat = Repeat.of(request, asked);
        var job = service.submit(new Submission(
                Caller.of(request).owner(),
                JobOrigin.IMAGES,
                PRIORITY,
                wanted,
                PictureParameters.user(given),
                repeat,
                Optional.of(Instant.now().plus(settings.queue().waitLimit()))));
        var client = repeat.isPresent() ? JobWait.Client.MAY_RETURN : JobWait.Client.ONLY;
        if (isStream) {
            new ImageStream(service, wait, SseStream.begin(response)).send(job, client);
        } else {
            send(wait.await(job, client, new JobWait.Listener() {}), isUrl, request, response);
        }
    }

    private void send(Job job, boolean isUrl, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var wanted = job.request();
        var images = new ArrayList<ImagesView.Image>();
        for (var picture : service.pictures(job)) {
            images.add(new ImagesView.Image(
                    isUrl ? Optional.empty() : picture.resultHash().flatMap(service::content),
                    isUrl ? Optional.of(address(request, job, picture.index())) : Optional.empty(),
                    wanted.seed(),
                    wanted.index(picture.index())));
        }
        var view = new ImagesView(
                job.created().getEpochSecond(),
                job.id(),
                "opaque",
                ImageStream.formatName(wanted),
                ImageStream.sizeName(wanted),
                images,
                UsageView.of(job.tokens()));
        response.setHeader("Cache-Control", "no-store");
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        Json.MAPPER.writeValue(response.getOutputStream(), view);
    }

    private static String address(HttpServletRequest request, Job job, int picture) {
        var here = request.getRequestURL();
        return here.substring(0, here.length() - request.getRequestURI().length())
                + "/v1/jobs/%s/pictures/%d".formatted(job.id(), picture);
    }
}
