package dev.nextstep.train.optim;

/**
 * The factor of the learning rate of each step: linear warm-up, then a decay. Step 0 of a schedule with warm-up has the
 * factor 0, as in the official code (spec §15.22).
 *
 * @param warmupSteps at least 0
 * @param decay what comes after
 */
public record LearningRate(long warmupSteps, Decay decay) {
    /** Checks the range. */
    public LearningRate {
        if (warmupSteps < 0) {
            throw new IllegalArgumentException("warm-up is " + warmupSteps + " steps, allowed is 0 and more");
        }
    }

    /**
     * The factor of a run of known length.
     *
     * @param step index of the step, from 0
     * @param totalSteps steps of the run, warm-up included
     */
    public double atStep(long step, long totalSteps) {
        if (step < warmupSteps) {
            return (double) step / warmupSteps;
        }
        return decay.factor((double) (step - warmupSteps), (double) Math.max(1, totalSteps - warmupSteps));
    }

    /**
     * The factor of a run that ends by the clock or by passes over the data: the decay follows the progress, so that it
     * is at its end when the run is, however many steps that was; warm-up, counted in steps, lies over its beginning.
     *
     * @param step index of the step, from 0
     * @param progress share of the run that is done, 0 to 1
     */
    public double atProgress(long step, double progress) {
        double warmup = step < warmupSteps ? (double) step / warmupSteps : 1;
        if (decay instanceof Decay.InverseSquareRoot root) {
            // It counts steps and has no end that progress could lead to.
            return warmup * root.factor((double) Math.max(0, step - warmupSteps), 1);
        }
        return warmup * decay.factor(Math.clamp(progress, 0, 1), 1);
    }
}
