package dev.nextstep.server.drawing;

import dev.nextstep.workflow.batch.QualityGate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A list of pictures with settings of their own: a batch, or the pictures of a workflow. It has all that the package is made
 * from, so that neither a newer workflow nor another model changes it.
 *
 * @param title for people
 * @param notes what became of presets on the model; each once
 * @param fingerprint of the plan
 * @param weightsHash of the model that the plan was made for
 * @param pictures in order
 * @param workflow where the pictures come from, if it is a workflow
 * @param gate when a picture is good enough; a list of an older server does not say, and takes whatever is drawn
 */
public record PictureList(
        String title,
        List<String> notes,
        String fingerprint,
        String weightsHash,
        List<ListedPicture> pictures,
        Optional<OfWorkflow> workflow,
        Optional<QualityGate> gate) {
    /**
     * The workflow that was filled in.
     *
     * @param name its name
     * @param source its text
     * @param values by name of parameter, those by default too
     * @param preset the quality that was asked for
     * @param seed that makes the seeds of the pictures
     * @param prompts which prompts were used: full or short
     */
    public record OfWorkflow(
            String name,
            String source,
            Map<String, String> values,
            Optional<String> preset,
            long seed,
            String prompts) {
        /** Copies the values, keeping their order. */
        public OfWorkflow {
            values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }
    }

    /** Copies the lists. */
    public PictureList {
        notes = List.copyOf(notes);
        pictures = List.copyOf(pictures);
    }
}
