package dev.nextstep.server.workflows;

import dev.nextstep.data.DataException;
import dev.nextstep.server.config.ServerSettings;
import dev.nextstep.server.drawing.PictureList;
import dev.nextstep.server.drawing.Studio;
import dev.nextstep.server.drawing.Task;
import dev.nextstep.server.http.ApiError;
import dev.nextstep.server.http.ApiException;
import dev.nextstep.server.http.Bodies;
import dev.nextstep.server.http.Json;
import dev.nextstep.server.http.Parameter;
import dev.nextstep.server.http.Parameters;
import dev.nextstep.server.jobs.JobView;
import dev.nextstep.server.jobs.JobsController;
import dev.nextstep.server.queue.JobService;
import dev.nextstep.workflow.batch.BatchJob;
import dev.nextstep.workflow.config.SettingKey;
import dev.nextstep.workflow.template.FilledWorkflow;
import dev.nextstep.workflow.template.PromptLength;
import dev.nextstep.workflow.template.WorkflowLibrary;
import dev.nextstep.workflow.template.WorkflowTemplate;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/workflows}: those that are built in and those of the server's folder, each run of one a job. */
@RestController
public final class WorkflowsController {
    private static final Parameter<Map<String, String>> VALUES = Parameter.values(
            "parameters",
            2000,
            "Values of what the workflow asks for, by name; 'parameters' of the workflow lists them.");

    private static final Parameter<String> PROMPTS = Parameter.choice(
            "prompts",
            List.of("full", "short"),
            "Prompts for large or for small models; what suits the model if not given.");

    /** Parameters of a run. */
    public static final List<Parameter<?>> PARAMETERS = parameters();

    private final WorkflowLibrary library;
    private final Studio studio;
    private final ServerSettings settings;
    private final JobService service;
    private final JobsController jobs;

    /** Workflows for that queue. */
    public WorkflowsController(Studio studio, ServerSettings settings, JobService service, JobsController jobs) {
        this.library = new WorkflowLibrary(settings.workflows());
        this.studio = studio;
        this.settings = settings;
        this.service = service;
        this.jobs = jobs;
    }

    private static List<Parameter<?>> parameters() {
        var all = new ArrayList<Parameter<?>>(List.of(VALUES, PROMPTS));
        all.addAll(ListParameters.COMMON);
        all.addAll(List.of(JobsController.PRIORITY, JobsController.DEADLINE));
        return List.copyOf(all);
    }

    /** All workflows; a file with a mistake is among them, with what is wrong. */
    @GetMapping("/v1/workflows")
    public WorkflowView.Workflows list() {
        return new WorkflowView.Workflows(
                "list", entries().stream().map(WorkflowView::of).toList());
    }

    /** One workflow. */
    @GetMapping("/v1/workflows/{name}")
    public WorkflowView one(@PathVariable("name") String name) {
        return WorkflowView.of(find(name));
    }

    /** Accepts a run of a workflow, and answers at once with the job that draws it. */
    @PostMapping("/v1/workflows/{name}/jobs")
    public ResponseEntity<JobView> create(@PathVariable("name") String name, HttpServletRequest request) {
        service.requireOpen();
        var template = template(find(name));
        var body = Json.object(Bodies.json(request));
        var given = Parameters.ofJson(body, PARAMETERS);
        var length = given.get(PROMPTS)
                .map(text -> PromptLength.valueOf(text.toUpperCase(Locale.ROOT)))
                .orElseGet(() -> PromptLength.of(studio.defaults(Task.GENERATE)));
        long seed = given.get(ListParameters.SEED).orElse(0L);
        var preset = given.get(ListParameters.QUALITY);
        var filled = fill(template, given.get(VALUES).orElse(Map.of()), preset, seed, length);
        var wanted = ListParameters.settings(given, settings.presets())
                .withFlag(SettingKey.OUTPUT_NAME, "the workflow", WorkflowTemplate.NAMES);
        var origin = new PictureList.OfWorkflow(
                name,
                template.source(),
                filled.values(),
                preset,
                seed,
                length.name().toLowerCase(Locale.ROOT));
        var asked = new ListRequests.Asked(filled.title(), filled.jobs(), wanted, seed, Optional.of(origin));
        return jobs.accepted(service.submit(
                ListSubmission.of(request, new ListRequests(studio, settings).of(asked), given, Json.asked(body))));
    }

    private static FilledWorkflow fill(
            WorkflowTemplate template,
            Map<String, String> values,
            Optional<String> preset,
            long seed,
            PromptLength length) {
        try {
            return template.fill(values, BatchJob.ofPreset(preset), seed, length);
        } catch (DataException e) {
            throw ApiException.invalid(VALUES.name(), String.valueOf(e.getMessage()));
        }
    }

    private static WorkflowTemplate template(WorkflowLibrary.Entry entry) {
        return switch (entry.template()) {
            case WorkflowLibrary.Found.Good good -> good.template();
            case WorkflowLibrary.Found.Bad _ ->
                throw new ApiException(
                        ApiError.Kind.WRONG_STATE,
                        "workflow '%s' has a mistake, which GET /v1/workflows/%s tells"
                                .formatted(entry.name(), entry.name()));
        };
    }

    // By its name in the list only: no path of a client is ever opened.
    private WorkflowLibrary.Entry find(String name) {
        return entries().stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow(() -> ApiException.notFound("workflow", name));
    }

    private List<WorkflowLibrary.Entry> entries() {
        try {
            return library.list();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
