package dev.nextstep.train.plan;

import dev.nextstep.train.model.GradientCheckpointing;

/**
 * Bytes on one device.
 *
 * @param weights fp32 masters
 * @param rounded those in the type of the products, while a step computes
 * @param roundedCheckpointed the same with gradient checkpointing, when those of one block are there at a time
 * @param gradients fp32
 * @param optimizerStates moments, fp32
 * @param average of the weights, fp32; 0 if there is none
 * @param imageTokenizer of the frozen image tokenizer
 * @param activations at their most, everything kept
 * @param recomputedActivations at their most, with gradient checkpointing of the blocks
 * @param optimizerWorkspace while the optimiser works, when there are no activations
 * @param batch what a step reads, twice: the next one is made meanwhile
 */
public record DeviceMemory(
        double weights,
        double rounded,
        double roundedCheckpointed,
        double gradients,
        double optimizerStates,
        double average,
        double imageTokenizer,
        double activations,
        double recomputedActivations,
        double optimizerWorkspace,
        double batch) {

    /** The most at a time on each of so many devices. */
    public double peak(GradientCheckpointing checkpointing, Sharding sharding, int devices) {
        double states = sharding == Sharding.NONE ? 1 : 1.0 / devices;
        double ownWeights = sharding == Sharding.WEIGHTS ? 1.0 / devices : 1;
        double passes = checkpointing == GradientCheckpointing.BLOCKS
                ? roundedCheckpointed + recomputedActivations
                : rounded * ownWeights + activations;
        return weights * ownWeights
                + (gradients + optimizerStates + average) * states
                + imageTokenizer
                + batch
                + Math.max(passes, optimizerWorkspace * states);
    }
}
