package dev.nextstep.server.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nextstep.server.drawing.PictureList;
import dev.nextstep.server.http.Doc;
import dev.nextstep.server.queue.Job;
import java.util.List;
import java.util.Optional;

/**
 * What the pictures of a batch or a workflow have in common.
 *
 * @param title for people
 * @param notes what became of presets on this model
 * @param workflow where they come from
 * @param packageUrl where all of it is as one file
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@SuppressWarnings("OptionalUsedAsFieldOrParameterType")
public record ListView(
        @Doc("For people.") String title,
        @Doc("What became of presets on this model.") List<String> notes,
        @Doc("The workflow that was run.") Optional<RunView> workflow,

        @Doc("Where all of it is as one zip file, when the job has ended.")
        Optional<String> packageUrl) {

    /**
     * A run of a workflow.
     *
     * @param name of the workflow
     * @param parameters values, those by default too
     * @param prompts which prompts were used
     * @param seed that makes the seeds of the pictures
     */
    public record RunView(
            @Doc("Name of the workflow.") String name,
            @Doc("Its parameters, those by default too.") List<ValueView> parameters,

            @Doc("Which of its prompts are used: full, or short for small models.")
            String prompts,

            @Doc("Makes the seeds of the pictures.") long seed) {
        static RunView of(PictureList.OfWorkflow workflow) {
            return new RunView(
                    workflow.name(),
                    workflow.values().entrySet().stream()
                            .map(entry -> new ValueView(entry.getKey(), entry.getValue()))
                            .toList(),
                    workflow.prompts(),
                    workflow.seed());
        }
    }

    /**
     * A parameter with its value.
     *
     * @param name its name
     * @param value its value
     */
    public record ValueView(
            @Doc("Name of the parameter.") String name,
            @Doc("Its value.") String value) {}

    static Optional<ListView> of(Job job) {
        return job.request()
                .list()
                .map(list -> new ListView(
                        list.title(),
                        list.notes(),
                        list.workflow().map(RunView::of),
                        job.state().isEnd()
                                ? Optional.of("/v1/jobs/%s/package.zip".formatted(job.id()))
                                : Optional.empty()));
    }
}
