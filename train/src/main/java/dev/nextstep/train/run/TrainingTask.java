package dev.nextstep.train.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nextstep.train.metrics.SamplePicture;
import java.util.Map;
import java.util.SequencedMap;
import org.bytedeco.pytorch.Tensor;

/**
 * What is trained: model, data, objective and optimiser behind the few calls that {@link TrainingLoop} needs. If all that a
 * step depends on is in {@link #tensors} and {@link #state}, and all its random numbers come from the given source, then
 * a run that was killed ends with the same bits as one that was not.
 */
public interface TrainingTask {

    /**
     * Takes the next samples and computes gradients, clipped; changes no weight.
     *
     * @param step index of the step, from 0
     * @param random for this step, by purpose
     */
    StepResult computeGradients(long step, TrainingRandom random);

    /**
     * Changes weights, optimiser and averages by the gradients, and drops those.
     *
     * @param lrFactor factor of every learning rate
     */
    void applyGradients(double lrFactor);

    /** Drops the gradients: the step was not good. */
    void dropGradients();

    /** Passes over the data so far, with fraction. */
    double epochs();

    /** Named sets of tensors to save: weights, averages, optimiser; their values are read at once. */
    Map<String, Map<String, Tensor>> tensors();

    /** All that is to be saved and is not tensors: counters of the optimiser, place in the data. */
    ObjectNode state();

    /**
     * Takes over what was saved.
     *
     * @param checkpoint for its tensors; closed after the call
     * @param state what {@link #state} gave
     */
    void restore(StoredCheckpoint checkpoint, JsonNode state, RestoreScope scope);

    /**
     * Measures on held-out samples, the same ones with the same noise each time.
     *
     * @return by name; {@code loss} among them ranks checkpoints as a rule
     */
    Map<String, Double> validate();

    /** Draws the fixed prompts; pictures by file name without ending. */
    SequencedMap<String, SamplePicture> drawSamples();
}
