package dev.nextstep.server.openapi;

import dev.nextstep.server.access.KeyView;
import dev.nextstep.server.access.KeysController;
import dev.nextstep.server.drawing.Task;
import dev.nextstep.server.http.HealthController;
import dev.nextstep.server.images.ImagesController;
import dev.nextstep.server.images.ImagesView;
import dev.nextstep.server.images.ModelView;
import dev.nextstep.server.images.ModelsController;
import dev.nextstep.server.images.Repeat;
import dev.nextstep.server.jobs.JobListView;
import dev.nextstep.server.jobs.JobView;
import dev.nextstep.server.jobs.JobsController;
import dev.nextstep.server.workflows.BatchesController;
import dev.nextstep.server.workflows.PresetsController;
import dev.nextstep.server.workflows.WorkflowView;
import dev.nextstep.server.workflows.WorkflowsController;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is to be said of the routes. Parameters come from the controllers that read them, answers from the records that they are. */
final class Operations {
    private static final String REPEAT =
            "A request that is sent again with the same key is answered as the first time.";
    private static final List<String> PICTURES = List.of("image/png", "image/jpeg", "image/webp");

    private Operations() {}

    /** By their routes. */
    static Map<Route, Operation> all(ImagesController images, JobsController jobs) {
        return Stream.of(images(images), jobs(jobs), lists(), others())
                .flatMap(List::stream)
                .collect(Collectors.toMap(Operation::route, Function.identity()));
    }

    private static List<Operation> images(ImagesController images) {
        return List.of(
                Operation.of("POST", "/v1/images/generations", "Pictures from words.", ImagesView.class)
                        .header(Repeat.HEADER, REPEAT)
                        .json(images.known(Task.GENERATE), "prompt")
                        .orEvents(),
                Operation.of("POST", "/v1/images/edits", "Pictures from others and an instruction.", ImagesView.class)
                        .header(Repeat.HEADER, REPEAT)
                        .form(images.known(Task.EDIT), "prompt", "image")
                        .orEvents());
    }

    private static List<Operation> jobs(JobsController jobs) {
        var one = "/v1/jobs/{id}";
        return List.of(
                Operation.of("POST", "/v1/jobs", "Accept a job, and answer at once.", JobView.class)
                        .header(Repeat.HEADER, REPEAT)
                        .json(jobs.known(Task.GENERATE), "prompt")
                        .form(jobs.known(Task.EDIT), "prompt", "image")
                        .status(202),
                Operation.of("GET", "/v1/jobs", "Jobs, the newest first, page by page.", JobListView.class)
                        .query(JobsController.LISTING),
                Operation.of("GET", one, "One job.", JobView.class),
                Operation.of("PATCH", one, "Move a job in its caller's line: give one of the two.", JobView.class)
                        .json(JobsController.MOVING),
                Operation.of("DELETE", one, "Cancel what is not done of a job.", JobView.class),
                Operation.of("POST", one + "/pause", "Stop a job and keep what is there.", JobView.class),
                Operation.of("POST", one + "/resume", "Let a paused job go on.", JobView.class),
                Operation.of("POST", one + "/branches", "Draw a picture with another end.", JobView.class)
                        .header(Repeat.HEADER, REPEAT)
                        .json(JobsController.BRANCHING, "row")
                        .status(202),
                Operation.of("GET", one + "/events", "What changes in a job.", List.of("text/event-stream"))
                        .header("Last-Event-ID", "Id of the last event that was heard."),
                Operation.of("GET", one + "/pictures/{number}", "The file of a picture.", PICTURES),
                Operation.of("GET", one + "/pictures/{number}/partial", "The finished rows of a picture.", PICTURES));
    }

    private static List<Operation> lists() {
        return List.of(
                Operation.of("GET", "/v1/presets", "All quality presets of lists.", PresetsController.Presets.class),
                Operation.of("GET", "/v1/workflows", "All workflows.", WorkflowView.Workflows.class),
                Operation.of("GET", "/v1/workflows/{name}", "One workflow.", WorkflowView.class),
                Operation.of("POST", "/v1/workflows/{name}/jobs", "Run a workflow, as a job.", JobView.class)
                        .header(Repeat.HEADER, REPEAT)
                        .json(WorkflowsController.PARAMETERS)
                        .status(202),
                Operation.of("POST", "/v1/batches", "Draw a list of prompts, as a job.", JobView.class)
                        .header(Repeat.HEADER, REPEAT)
                        .query(BatchesController.PARAMETERS)
                        .texts(BatchesController.FORMS.keySet())
                        .status(202),
                Operation.of(
                        "GET",
                        "/v1/jobs/{id}/package.zip",
                        "All that a batch or workflow has made.",
                        List.of("application/zip")));
    }

    private static List<Operation> others() {
        return List.of(
                Operation.of("GET", "/v1/models", "All models.", ModelsController.Models.class),
                Operation.of("GET", "/v1/models/{name}", "One model.", ModelView.class),
                Operation.of("POST", "/v1/keys", "Make a key.", KeyView.class)
                        .json(KeysController.PARAMETERS, "name")
                        .status(201),
                Operation.of("GET", "/v1/keys", "All keys.", KeyView.KeyList.class),
                Operation.of("DELETE", "/v1/keys/{id}", "Make a key worthless.", KeyView.class),
                Operation.of("GET", "/v1/openapi.json", "This document.", List.of("application/json")),
                Operation.of("GET", "/metrics", "Measurements, for Prometheus.", List.of("text/plain")),
                Operation.of("GET", "/health/live", "Whether the process answers.", HealthController.Health.class),
                Operation.of("GET", "/health/ready", "Whether requests can be sent.", HealthController.Health.class));
    }
}
