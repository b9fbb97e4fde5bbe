package dev.nextstep.server.workflows;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.nextstep.server.http.Doc;
import dev.nextstep.workflow.template.Parameter;
import dev.nextstep.workflow.template.ParameterKind;
import dev.nextstep.workflow.template.Variant;
import dev.nextstep.workflow.template.WorkflowLibrary;
import dev.nextstep.workflow.template.WorkflowTemplate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A workflow as the API tells about it.
 *
 * @param object {@code workflow}
 * @param name its name
 * @param title for people, with parameters in braces
 * @param description what it is for
 * @param parameters what it asks for
 * @param variants in which every picture is drawn
 * @param pictures names of the pictures
 * @param error why it cannot be used
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@SuppressWarnings("OptionalUsedAsFieldOrParameterType")
public record WorkflowView(
        @Doc("'workflow'") String object,
        @Doc("Its name, under which it is run.") String name,
        @Doc("For people, with parameters in braces.") Optional<String> title,
        @Doc("What it is for.") Optional<String> description,
        @Doc("What it asks for.") List<ParameterView> parameters,

        @Doc("Every picture is drawn in each of them; none: in one way.")
        List<VariantView> variants,

        @Doc("Names of its pictures; some may be drawn for some choices only.")
        List<String> pictures,

        @Doc("What is wrong with it; it cannot be run then.")
        Optional<String> error) {

    /**
     * All workflows.
     *
     * @param object {@code list}
     * @param data the workflows
     */
    public record Workflows(
            @Doc("'list'") String object,

            @Doc("Those that are built in, then those of the server's folder.")
            List<WorkflowView> data) {}

    /**
     * Something that a workflow asks for.
     *
     * @param name under which a value is given
     * @param title for people
     * @param type text, choice or whole
     * @param maxLength characters of a text
     * @param min least whole number
     * @param max largest whole number
     * @param choices names of a choice
     * @param required whether a value has to be given
     * @param usual value if none is given
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record ParameterView(
            @Doc("The name under which a value is given.") String name,
            @Doc("For people.") String title,
            @Doc("text, choice or whole.") String type,
            @Doc("Characters of a text, at most.") OptionalInt maxLength,
            @Doc("Least whole number.") OptionalInt min,
            @Doc("Largest whole number.") OptionalInt max,
            @Doc("Allowed values of a choice.") Optional<List<String>> choices,
            @Doc("Whether a value has to be given.") boolean required,

            @JsonProperty("default") @Doc("The value if none is given.")
            Optional<String> usual) {
        static ParameterView of(Parameter parameter) {
            var none = OptionalInt.empty();
            return switch (parameter.kind()) {
                case ParameterKind.Text text ->
                    of(parameter, "text", OptionalInt.of(text.longest()), none, none, Optional.empty());
                case ParameterKind.Whole whole ->
                    of(
                            parameter,
                            "whole",
                            none,
                            OptionalInt.of(whole.least()),
                            OptionalInt.of(whole.most()),
                            Optional.empty());
                case ParameterKind.Choice choice ->
                    of(
                            parameter,
                            "choice",
                            none,
                            none,
                            none,
                            Optional.of(List.copyOf(choice.words().keySet())));
            };
        }

        private static ParameterView of(
                Parameter parameter,
                String type,
                OptionalInt longest,
                OptionalInt least,
                OptionalInt most,
                Optional<List<String>> choices) {
            return new ParameterView(
                    parameter.name(),
                    parameter.title(),
                    type,
                    longest,
                    least,
                    most,
                    choices,
                    parameter.usual().isEmpty(),
                    parameter.usual());
        }
    }

    /**
     * A way in which every picture is drawn.
     *
     * @param name part of file names
     * @param title for people
     * @param guidance guidance scale
     * @param steps sampling steps
     * @param quality a preset
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record VariantView(
            @Doc("Part of the names of files.") String name,
            @Doc("For people.") String title,
            @Doc("Guidance scale.") OptionalDouble guidance,
            @Doc("Sampling steps.") OptionalInt steps,
            @Doc("A preset.") Optional<String> quality) {
        static VariantView of(Variant variant) {
            return new VariantView(
                    variant.name(), variant.title(), variant.guidance(), variant.steps(), variant.preset());
        }
    }

    static WorkflowView of(WorkflowLibrary.Entry entry) {
        return switch (entry.template()) {
            case WorkflowLibrary.Found.Good good -> of(entry.name(), good.template());
            case WorkflowLibrary.Found.Bad bad ->
                new WorkflowView(
                        "workflow",
                        entry.name(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Optional.of(bad.reason().replace(entry.place(), entry.name() + ".yaml")));
        };
    }

    private static WorkflowView of(String name, WorkflowTemplate template) {
        return new WorkflowView(
                "workflow",
                name,
                Optional.of(template.title().text()),
                Optional.of(template.description()),
                template.parameters().values().stream().map(ParameterView::of).toList(),
                template.variants().stream().map(VariantView::of).toList(),
                template.pictures().stream().map(picture -> picture.name()).toList(),
                Optional.empty());
    }
}
