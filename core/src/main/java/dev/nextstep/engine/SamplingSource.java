package dev.nextstep.engine;

/** How each token of a drawing is sampled; as a rule all of them in the same way. */
@FunctionalInterface
public interface SamplingSource {
    /**
     * The settings of a token. The same token has the same settings whenever it is asked.
     *
     * @param picture index of the picture in its request
     * @param token index of the image token, raster order
     */
    SamplingSettings of(int picture, int token);
}
