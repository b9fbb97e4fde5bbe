package dev.nextstep.image;

/**
 * A picture as its file holds it, before the RGB rules.
 *
 * @param bytes [height][width][channels of the mode]
 * @param palette for {@link PixelMode#P}: 256 · 3 bytes; empty otherwise
 */
@SuppressWarnings("ArrayRecordComponent") // package-private carrier, never compared
record Raster(PixelMode mode, int width, int height, byte[] bytes, byte[] palette) {
    private static final byte[] NONE = {};

    Raster(PixelMode mode, int width, int height, byte[] bytes) {
        this(mode, width, height, bytes, NONE);
    }

    Raster {
        if (bytes.length != (long) width * height * mode.channels()) {
            throw new IllegalArgumentException(
                    "raster of " + width + " x " + height + " " + mode + " with " + bytes.length + " bytes");
        }
    }

    static Raster of(Pixels pixels) {
        return new Raster(PixelMode.RGB, pixels.width(), pixels.height(), pixels.bytes());
    }

    Raster with(int newWidth, int newHeight, byte[] newBytes) {
        return new Raster(mode, newWidth, newHeight, newBytes, palette);
    }

    /** A palette before a file fills it: a gray ramp, which is what Pillow shows for indices beyond the file's palette. */
    static byte[] grayRamp() {
        byte[] ramp = new byte[256 * 3];
        for (int i = 0; i < ramp.length; i++) {
            ramp[i] = (byte) (i / 3);
        }
        return ramp;
    }
}
