package dev.nextstep.train.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nextstep.torch.Weights;
import dev.nextstep.train.metrics.SamplePicture;
import dev.nextstep.train.run.TrainingRandom;
import java.nio.file.Path;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A network with its data and its loss. All random numbers come from the given source, keyed by step and part, and all other
 * state is in {@link #state}, so that a run can be resumed to the bit.
 */
public interface Lesson extends AutoCloseable {
    /** The weights that are trained. */
    Weights weights();

    /**
     * Forward and backward pass over the next data; gradients are added to those that the weights have.
     *
     * @param step number of the step, from 0
     * @param part number of the part of the step when gradients are accumulated over several, from 0
     * @param scale factor of the loss: 1 / parts
     * @param random source of all random numbers
     * @return what was learned; a loss that is not finite is returned too, the loop decides
     */
    Learned learn(long step, int part, double scale, TrainingRandom random);

    /**
     * Measures on data that is not trained on; the same data, noise and times at each call.
     *
     * @param weights the weights to measure, without gradients
     * @return values by name; empty if there is nothing to validate on
     */
    Map<String, Double> validate(Weights weights);

    /**
     * Makes something to look at.
     *
     * @param weights the weights to show
     * @return pictures by file name without ending; may be empty
     */
    SequencedMap<String, SamplePicture> sample(Weights weights);

    /** Passes over the data so far, with fraction. */
    double epochs();

    /** Places in the data and other state that is not tensors. */
    ObjectNode state();

    /**
     * Takes over a saved state; the next {@link #learn} is then that of the run which saved it.
     *
     * @throws IllegalArgumentException if it is of another lesson
     */
    void load(JsonNode state);

    /**
     * Writes what the run ends in.
     *
     * @param weights the weights to keep
     * @param folder a folder that does not exist yet or holds an older model of this run
     */
    void export(Weights weights, Path folder);

    /** Frees native memory. */
    @Override
    void close();
}
