package dev.nextstep.train.run;

import dev.nextstep.train.optim.LearningRate;

/**
 * Settings of {@link TrainingLoop}.
 *
 * @param stop when it ends
 * @param learningRate by steps if the run ends by steps alone, by progress otherwise
 * @param schedule what happens when
 * @param retention which checkpoints are kept
 * @param guard what divergence is
 * @param seed of all random numbers
 */
public record LoopSettings(
        StopConditions stop,
        LearningRate learningRate,
        Schedule schedule,
        Retention retention,
        GuardPolicy guard,
        long seed) {

    double lrFactor(RunProgress run) {
        return stop.steps().isPresent()
                        && stop.epochs().isEmpty()
                        && stop.time().isEmpty()
                ? learningRate.atStep(run.step(), stop.steps().getAsLong())
                : learningRate.atProgress(run.step(), stop.progress(run));
    }
}
