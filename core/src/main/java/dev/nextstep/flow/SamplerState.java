package dev.nextstep.flow;

/**
 * States on their way from noise to data, and what a sampler remembers between two calls of the network. Samplers move it
 * one call at a time, so that tokens of different samplers can share every read of the network's weights.
 */
public final class SamplerState {
    private final float[] x;
    /** Room for one draw of noise. */
    final float[] noise;
    /** Second-order samplers: where the network is asked next. */
    final float[] trial;
    /** Second-order samplers: the velocity of a step's first call. */
    final float[] first;

    private float[] asked;

    /**
     * Begins with draw 0.
     *
     * @param x states [n, tokenDim]; moved in place
     */
    public SamplerState(float[] x) {
        this.x = x;
        this.noise = new float[x.length];
        this.trial = new float[x.length];
        this.first = new float[x.length];
        this.asked = x;
    }

    /** The states [n, tokenDim]; tokens after the last call. */
    public float[] x() {
        return x;
    }

    /** Where the network is asked at the next call [n, tokenDim]. */
    public float[] asked() {
        return asked;
    }

    void askAtTrial() {
        asked = trial;
    }

    void askAtState() {
        asked = x;
    }
}
