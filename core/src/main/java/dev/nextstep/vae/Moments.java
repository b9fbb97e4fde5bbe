package dev.nextstep.vae;

/**
 * What the encoder says of a picture: a normal distribution for every latent value (spec §4.2).
 *
 * @param encoderOut the encoder's own output [2 · latent channels, h, w]: raw mean, then log-variance
 * @param mean the mean [latent channels, h, w], normalised if the tokenizer normalises
 * @param logVariance the log-variance [latent channels, h, w], as it came
 */
public record Moments(Planes encoderOut, Planes mean, Planes logVariance) {
    private static final float LOWEST = -30f;
    private static final float HIGHEST = 20f;

    /** Standard deviation of every value: exp(½ · logVariance), the log-variance limited to −30 … 20. */
    public Planes standardDeviation() {
        var values = logVariance.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) StrictMath.exp(0.5f * Math.clamp(values[i], LOWEST, HIGHEST));
        }
        return new Planes(logVariance.channels(), logVariance.height(), logVariance.width(), values);
    }

    /**
     * mean + standardDeviation · noise.
     *
     * @param noise standard normal values, as many as the mean has, in its order
     */
    public Planes sample(float[] noise) {
        var values = standardDeviation().values();
        if (noise.length != values.length) {
            throw new IllegalArgumentException(
                    "a latent of %s needs %d noise values, not %d".formatted(mean, values.length, noise.length));
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = mean.values()[i] + values[i] * noise[i];
        }
        return new Planes(mean.channels(), mean.height(), mean.width(), values);
    }
}
