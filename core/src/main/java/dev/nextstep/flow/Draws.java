package dev.nextstep.flow;

/** Standard normal numbers for one image token of all pictures in a batch. */
@FunctionalInterface
public interface Draws {
    /**
     * Fills {@code target} [n, tokenDim] with draw {@code draw}: 0 is the initial noise, i the noise of step i − 1.
     */
    void fill(int draw, float[] target);
}
