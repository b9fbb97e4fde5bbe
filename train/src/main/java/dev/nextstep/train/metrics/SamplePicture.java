package dev.nextstep.train.metrics;

/**
 * A picture of a run, such as a drawn sample.
 *
 * @param caption what it should show
 * @param png its file; not copied, so it must not be changed
 * @param width in pixels
 * @param height in pixels
 */
public record SamplePicture(String caption, byte[] png, int width, int height) {}
