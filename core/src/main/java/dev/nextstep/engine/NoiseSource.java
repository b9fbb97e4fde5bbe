package dev.nextstep.engine;

/**
 * Where the standard normal numbers of a drawing come from: seeded streams as a rule, recorded numbers to reproduce a
 * run of another implementation.
 */
@FunctionalInterface
public interface NoiseSource {
    /**
     * Fills {@code n} numbers from {@code at}.
     *
     * @param picture index of the picture in its request
     * @param token index of the image token, raster order
     * @param draw 0 for the initial noise, i for the noise of step i − 1
     */
    void fill(int picture, int token, int draw, float[] target, int at, int n);
}
