package dev.nextstep.train.optim;

/**
 * Settings of {@link AdamW}.
 *
 * @param learningRate more than 0, at most 1
 * @param weightDecay decoupled, 0 to 1
 * @param beta1 decay of the mean of gradients, 0 to 1
 * @param beta2 decay of the mean of their squares, 0 to 1
 * @param epsilon added to the root, more than 0
 */
public record AdamWSettings(double learningRate, double weightDecay, double beta1, double beta2, double epsilon)
        implements OptimizerSettings {

    /** Checks the ranges. */
    public AdamWSettings {
        OptimizerSettings.between("learning rate", learningRate, Double.MIN_VALUE, 1);
        OptimizerSettings.between("weight decay", weightDecay, 0, 1);
        OptimizerSettings.between("beta1", beta1, 0, Math.nextDown(1.0));
        OptimizerSettings.between("beta2", beta2, 0, Math.nextDown(1.0));
        OptimizerSettings.between("epsilon", epsilon, Double.MIN_VALUE, 1);
    }

    /** The values of the paper's runs: betas 0.9 and 0.95, epsilon 1e-8 (spec §8.4). */
    public static AdamWSettings of(double learningRate, double weightDecay) {
        return new AdamWSettings(learningRate, weightDecay, 0.9, 0.95, 1e-8);
    }

    @Override
    public AdamWSettings withLearningRate(double other) {
        return new AdamWSettings(other, weightDecay, beta1, beta2, epsilon);
    }
}
