package dev.nextstep.workflow.template;

import dev.nextstep.workflow.batch.BatchJob;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A workflow with values for all of its parameters.
 *
 * @param template that was filled in
 * @param title for people
 * @param values by name of parameter, those by default too
 * @param items in the order of the template, variants of a picture behind each other
 */
public record FilledWorkflow(WorkflowTemplate template, String title, Map<String, String> values, List<Item> items) {
    /**
     * One picture in one variant.
     *
     * @param picture name of the picture without its variant
     * @param title for people
     * @param note for people; may be empty
     * @param variant its way of being drawn
     * @param job of the batch
     */
    public record Item(String picture, String title, String note, Variant variant, BatchJob job) {}

    /** Copies, keeping the order. */
    public FilledWorkflow {
        values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
        items = List.copyOf(items);
    }

    /** The batch. */
    public List<BatchJob> jobs() {
        return items.stream().map(Item::job).toList();
    }
}
