package dev.nextstep.cli.bench;

/**
 * Latent to pixels.
 *
 * @param side width and height in pixels
 * @param seconds for one picture
 * @param estimated whether it is extrapolated from a smaller picture, by area
 */
public record DecodeResult(int side, Quartiles seconds, boolean estimated) {}
