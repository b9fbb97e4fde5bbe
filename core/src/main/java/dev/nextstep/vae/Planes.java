package dev.nextstep.vae;

import java.util.Arrays;

/**
 * Values on a grid, channels outermost (CHW): a picture in −1 … 1, or a latent.
 *
 * @param channels number of planes
 * @param height rows
 * @param width columns
 * @param values channels × height × width, row-major
 */
@SuppressWarnings("ArrayRecordComponent") // a plain carrier: nobody compares two of them
public record Planes(int channels, int height, int width, float[] values) {
    public Planes {
        if (channels < 1 || height < 1 || width < 1 || values.length != (long) channels * height * width) {
            throw new IllegalArgumentException(
                    "%d values are not %d planes of %d x %d".formatted(values.length, channels, height, width));
        }
    }

    /** All zeros. */
    public static Planes zeros(int channels, int height, int width) {
        return new Planes(
                channels, height, width, new float[Math.multiplyExact(Math.multiplyExact(channels, height), width)]);
    }

    /** Planes {@code from} to {@code to} (exclusive), copied. */
    public Planes slice(int from, int to) {
        int plane = height * width;
        return new Planes(to - from, height, width, Arrays.copyOfRange(values, from * plane, to * plane));
    }

    @Override
    public String toString() {
        return "[%d, %d, %d]".formatted(channels, height, width);
    }
}
