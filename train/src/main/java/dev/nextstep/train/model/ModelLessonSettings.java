package dev.nextstep.train.model;

import dev.nextstep.torch.Compute;
import java.util.List;

/**
 * How a model is trained.
 *
 * @param objective weights of the losses
 * @param flowCopies draws of noise and time for each learned token; 4 officially ({@code fm_head_batch_mul})
 * @param inputNoise noise on the image tokens that are read
 * @param rows rows of a step's part
 * @param compute in which numbers
 * @param checkpointing what of the forward pass is kept for the backward pass
 * @param validationBatches batches that a validation looks at
 * @param prompts what samples are drawn of
 */
public record ModelLessonSettings(
        ObjectiveSettings objective,
        int flowCopies,
        InputNoise inputNoise,
        int rows,
        Compute compute,
        GradientCheckpointing checkpointing,
        int validationBatches,
        List<String> prompts) {
    /** Checks the ranges. */
    public ModelLessonSettings {
        prompts = List.copyOf(prompts);
        if (flowCopies < 1 || rows < 1 || validationBatches < 0) {
            throw new IllegalArgumentException(
                    "flow copies %d and rows %d must be at least 1, validation batches %d at least 0"
                            .formatted(flowCopies, rows, validationBatches));
        }
    }
}
