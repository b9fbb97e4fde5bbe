package dev.nextstep.train.optim;

/** How a group of parameters is optimised. */
public sealed interface OptimizerSettings permits AdamWSettings, MuonSettings, Frozen {

    /** Learning rate before the factor of the schedule; 0 for what is {@link Frozen}. */
    double learningRate();

    /** Decoupled weight decay: each step takes the share lr × decay off the weight. */
    double weightDecay();

    /** The same settings with another learning rate. */
    OptimizerSettings withLearningRate(double learningRate);

    /** The number if it is at least {@code low} and finite, at most {@code high}. */
    static double between(String name, double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            throw new IllegalArgumentException("%s is %s, allowed is %s to %s".formatted(name, value, low, high));
        }
        return value;
    }
}
