package dev.nextstep.train.optim;

/**
 * Settings of {@link Muon}.
 *
 * @param learningRate more than 0, at most 1
 * @param weightDecay decoupled, 0 to 1
 * @param momentum decay of the mean of gradients, 0 to 1; 0.95 is usual
 * @param iterations Newton–Schulz iterations, 1 to 20; 5 is usual
 * @param updateRms what the root mean square of an orthogonal update is scaled to, times √max(rows, columns) relative
 *     to an orthogonal matrix; 0.2 gives steps as large as AdamW's, so that both can share a learning rate
 * @param products precision of the matrix products of the iteration
 */
public record MuonSettings(
        double learningRate,
        double weightDecay,
        double momentum,
        int iterations,
        double updateRms,
        MatrixPrecision products)
        implements OptimizerSettings {

    /** Checks the ranges. */
    public MuonSettings {
        OptimizerSettings.between("learning rate", learningRate, Double.MIN_VALUE, 1);
        OptimizerSettings.between("weight decay", weightDecay, 0, 1);
        OptimizerSettings.between("momentum", momentum, 0, Math.nextDown(1.0));
        OptimizerSettings.between("iterations", iterations, 1, 20);
        OptimizerSettings.between("update RMS", updateRms, Double.MIN_VALUE, 10);
    }

    /** Momentum 0.95, five iterations in fp32, updates as large as AdamW's. */
    public static MuonSettings of(double learningRate, double weightDecay) {
        return new MuonSettings(learningRate, weightDecay, 0.95, 5, 0.2, MatrixPrecision.FP32);
    }

    @Override
    public MuonSettings withLearningRate(double other) {
        return new MuonSettings(other, weightDecay, momentum, iterations, updateRms, products);
    }

    /** The same settings with products of that precision. */
    public MuonSettings withProducts(MatrixPrecision other) {
        return new MuonSettings(learningRate, weightDecay, momentum, iterations, updateRms, other);
    }
}
