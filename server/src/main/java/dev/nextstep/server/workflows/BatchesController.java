package dev.nextstep.server.workflows;

import dev.nextstep.data.DataException;
import dev.nextstep.server.config.ServerSettings;
import dev.nextstep.server.drawing.Studio;
import dev.nextstep.server.http.ApiError;
import dev.nextstep.server.http.ApiException;
import dev.nextstep.server.http.Bodies;
import dev.nextstep.server.http.Parameter;
import dev.nextstep.server.http.Parameters;
import dev.nextstep.server.jobs.JobView;
import dev.nextstep.server.jobs.JobsController;
import dev.nextstep.server.queue.JobService;
import dev.nextstep.workflow.batch.BatchJob;
import dev.nextstep.workflow.batch.JobReader;
import dev.nextstep.workflow.batch.Shape;
import dev.nextstep.workflow.config.SettingKey;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/batches}: a list of prompts, each with settings of its own, as a job. */
@RestController
public final class BatchesController {
    /** Kinds of lists by the media type of the body. */
    public static final Map<String, JobReader.Form> FORMS = forms();

    private static final Parameter<String> SIZE =
            Parameter.text("size", 20, "Pixels, such as 64x32 or 64, for prompts that do not say otherwise.");

    private static final Parameter<String> ASPECT = Parameter.text("aspect", 20, "Shape, such as 3:2, likewise.");

    private static final Parameter<Integer> STEPS = Parameter.integer("steps", 1, 10_000, "Sampling steps, likewise.");

    private static final Parameter<Double> GUIDANCE =
            Parameter.number("guidance", 1, 1000, "Guidance scale, likewise.");

    private static final Parameter<String> NAME = Parameter.text(
            "name",
            200,
            "Names of files in the package: {index} {job} {image} {prompt} {name} {seed} {preset}; {index}-{prompt} if not given.");

    /** Parameters in the address. */
    public static final List<Parameter<?>> PARAMETERS = parameters();

    private final Studio studio;
    private final ServerSettings settings;
    private final JobService service;
    private final JobsController jobs;

    /** Batches for that queue. */
    public BatchesController(Studio studio, ServerSettings settings, JobService service, JobsController jobs) {
        this.studio = studio;
        this.settings = settings;
        this.service = service;
        this.jobs = jobs;
    }

    private static Map<String, JobReader.Form> forms() {
        var forms = new LinkedHashMap<String, JobReader.Form>();
        forms.put("application/json", JobReader.Form.YAML);
        forms.put("application/yaml", JobReader.Form.YAML);
        forms.put("text/csv", JobReader.Form.CSV);
        forms.put("text/plain", JobReader.Form.TEXT);
        return java.util.Collections.unmodifiableMap(forms);
    }

    private static List<Parameter<?>> parameters() {
        var all = new ArrayList<>(ListParameters.COMMON);
        all.addAll(List.of(SIZE, ASPECT, STEPS, GUIDANCE, NAME, JobsController.PRIORITY, JobsController.DEADLINE));
        return List.copyOf(all);
    }

    /** Accepts a list, and answers at once with the job that draws it. */
    @PostMapping("/v1/batches")
    public ResponseEntity<JobView> create(HttpServletRequest request) {
        service.requireOpen();
        var query = Parameters.query(request);
        var given = Parameters.ofForm(query, PARAMETERS);
        var body = Bodies.text(request, FORMS.keySet());
        var list = read(body, flags(given));
        var wanted = ListParameters.over(
                ListParameters.settings(given, settings.presets()), given, NAME, SettingKey.OUTPUT_NAME);
        var asked = new ListRequests.Asked(
                "Batch", list, wanted, given.get(ListParameters.SEED).orElse(0L), Optional.empty());
        var all = new TreeMap<String, String>(query);
        all.put("body " + body.mediaType(), body.text());
        return jobs.accepted(
                service.submit(ListSubmission.of(request, new ListRequests(studio, settings).of(asked), given, all)));
    }

    private static List<BatchJob> read(Bodies.Text body, BatchJob flags) {
        try {
            return JobReader.read(
                    body.text(), FORMS.getOrDefault(body.mediaType(), JobReader.Form.TEXT), "the list", flags);
        } catch (DataException e) {
            throw new ApiException(ApiError.Kind.INVALID_BODY, String.valueOf(e.getMessage()));
        } catch (StackOverflowError e) { // the parser of YAML goes as deep as the brackets do
            throw new ApiException(ApiError.Kind.INVALID_BODY, "the list: is nested too deeply");
        }
    }

    private static BatchJob flags(Parameters given) {
        if (given.get(SIZE).isPresent() && given.get(ASPECT).isPresent()) {
            throw ApiException.invalid(SIZE.name(), "give 'size' or 'aspect', one of the two");
        }
        var size = parsed(given, SIZE, JobReader::size);
        var aspect = parsed(given, ASPECT, text -> new BatchJob.Area.Aspect(Shape.parse(text)));
        return new BatchJob(
                "-",
                1,
                OptionalLong.empty(),
                given.get(ListParameters.QUALITY),
                size.or(() -> aspect),
                given.get(STEPS).map(OptionalInt::of).orElse(OptionalInt.empty()),
                given.get(GUIDANCE).map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    private static Optional<BatchJob.Area> parsed(
            Parameters given, Parameter<String> parameter, Function<String, BatchJob.Area> reading) {
        try {
            return given.get(parameter).map(reading);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid(parameter.name(), String.valueOf(e.getMessage()));
        }
    }
}
