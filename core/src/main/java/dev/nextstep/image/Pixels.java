package dev.nextstep.image;

import java.util.Arrays;

/**
 * An 8-bit RGB picture: rows from top to bottom, three bytes (red, green, blue) per pixel. Immutable: bytes are copied
 * on the way in and on the way out, except inside this package.
 */
public final class Pixels {
    private final int width;
    private final int height;
    private final byte[] rgb;

    private Pixels(int width, int height, byte[] rgb) {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("a picture needs at least 1 x 1 pixels, got " + width + " x " + height);
        }
        if (rgb.length != 3L * width * height) {
            throw new IllegalArgumentException("a picture of " + width + " x " + height + " needs "
                    + 3L * width * height + " bytes, got " + rgb.length);
        }
        this.width = width;
        this.height = height;
        this.rgb = rgb;
    }

    /**
     * A picture from bytes in the order [height][width][red, green, blue]; they are copied.
     *
     * @throws IllegalArgumentException if a side is below 1 or the number of bytes is not 3 · width · height
     */
    public static Pixels of(int width, int height, byte[] rgb) {
        return new Pixels(width, height, rgb.clone());
    }

    /** Takes the array over; the caller must not touch it again. */
    static Pixels wrap(int width, int height, byte[] rgb) {
        return new Pixels(width, height, rgb);
    }

    /** Width in pixels, at least 1. */
    public int width() {
        return width;
    }

    /** Height in pixels, at least 1. */
    public int height() {
        return height;
    }

    /**
     * One pixel as 0xRRGGBB.
     *
     * @throws IndexOutOfBoundsException if the point lies outside
     */
    public int rgb(int x, int y) {
        if (x < 0 || x >= width || y < 0 || y >= height) {
            throw new IndexOutOfBoundsException(
                    "point " + x + ", " + y + " is outside of a picture of " + width + " x " + height);
        }
        int at = 3 * (y * width + x);
        return (rgb[at] & 255) << 16 | (rgb[at + 1] & 255) << 8 | (rgb[at + 2] & 255);
    }

    /** A copy of the bytes, [height][width][red, green, blue]. */
    public byte[] toBytes() {
        return rgb.clone();
    }

    /** The bytes themselves, for reading only. */
    byte[] bytes() {
        return rgb;
    }

    /** The same size and the same bytes. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Pixels p && width == p.width && height == p.height && Arrays.equals(rgb, p.rgb);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * width + height) + Arrays.hashCode(rgb);
    }

    @Override
    public String toString() {
        return "Pixels[" + width + " x " + height + "]";
    }
}
