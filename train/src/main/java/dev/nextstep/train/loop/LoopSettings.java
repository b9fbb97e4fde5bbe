package dev.nextstep.train.loop;

import dev.nextstep.train.optim.LearningRate;
import dev.nextstep.train.run.GuardPolicy;
import dev.nextstep.train.run.Retention;
import dev.nextstep.train.run.StopConditions;
import java.time.Duration;
import java.util.OptionalDouble;

/**
 * How a run goes.
 *
 * @param stop when it ends
 * @param learningRate factor of the rates of all groups over the run
 * @param accumulation parts of a step whose gradients are added, 1 or more
 * @param maxGradientNorm gradients are scaled down to this common norm; infinity for never
 * @param emaDecay decay of the average of weights that is validated and kept, 0 to 1; empty for none
 * @param guard what is divergence
 * @param retention which checkpoints are kept
 * @param intervals how often something happens
 */
public record LoopSettings(
        StopConditions stop,
        LearningRate learningRate,
        int accumulation,
        double maxGradientNorm,
        OptionalDouble emaDecay,
        GuardPolicy guard,
        Retention retention,
        Intervals intervals) {

    /**
     * How often something happens; 0 means never.
     *
     * @param log steps between two lines of the log, at least 1
     * @param validation steps between two validations
     * @param samples steps between two sets of samples
     * @param checkpointSteps steps between two checkpoints
     * @param checkpointTime longest time in the loop between two checkpoints
     */
    public record Intervals(long log, long validation, long samples, long checkpointSteps, Duration checkpointTime) {
        /** Checks the ranges. */
        public Intervals {
            if (log < 1 || validation < 0 || samples < 0 || checkpointSteps < 0 || checkpointTime.isNegative()) {
                throw new IllegalArgumentException("intervals must not be negative, and log at least 1 step");
            }
        }
    }

    /** Checks the ranges. */
    public LoopSettings {
        if (accumulation < 1 || !(maxGradientNorm > 0)) {
            throw new IllegalArgumentException("accumulation %d must be at least 1, gradient norm %s more than 0"
                    .formatted(accumulation, maxGradientNorm));
        }
    }
}
