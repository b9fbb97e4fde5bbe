package dev.nextstep.train.optim;

/** Parameters that stay as they are: no gradients are computed for them. */
public record Frozen() implements OptimizerSettings {
    @Override
    public double learningRate() {
        return 0;
    }

    @Override
    public double weightDecay() {
        return 0;
    }

    @Override
    public OptimizerSettings withLearningRate(double learningRate) {
        return this;
    }
}
