package dev.nextstep.data.emoji;

/**
 * How the set is rendered.
 *
 * @param size side of the pictures in pixels, 8 to 2048
 * @param threads drawings rendered at the same time, 1 to 256; the pictures do not depend on it
 */
public record RenderOptions(int size, int threads) {
    /** 128 pixels, two threads. */
    public static final RenderOptions DEFAULT = new RenderOptions(128, 2);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public RenderOptions {
        if (size < 8 || size > 2048) {
            throw new IllegalArgumentException("picture size " + size + ": expected 8 to 2048 pixels");
        }
        if (threads < 1 || threads > 256) {
            throw new IllegalArgumentException(threads + " threads: expected 1 to 256");
        }
    }
}
