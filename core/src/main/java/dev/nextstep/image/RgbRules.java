package dev.nextstep.image;

/**
 * Any raster to RGB by the rules of spec §4.1, with Pillow's integer arithmetic: gray is repeated, gray with alpha and
 * RGBA are laid on white, a palette goes straight to RGB (its transparency is ignored), CMYK as Pillow converts it.
 */
final class RgbRules {
    private RgbRules() {}

    static Pixels toRgb(Raster raster) {
        int area = raster.width() * raster.height();
        byte[] in = raster.bytes();
        if (raster.mode() == PixelMode.RGB) {
            return Pixels.wrap(raster.width(), raster.height(), in);
        }
        byte[] out = new byte[3 * area];
        switch (raster.mode()) {
            case BILEVEL, L -> {
                for (int i = 0; i < area; i++) {
                    out[3 * i] = out[3 * i + 1] = out[3 * i + 2] = in[i];
                }
            }
            case P -> {
                for (int i = 0; i < area; i++) {
                    System.arraycopy(raster.palette(), 3 * (in[i] & 255), out, 3 * i, 3);
                }
            }
            case LA -> {
                for (int i = 0; i < area; i++) {
                    byte gray = onWhite(in[2 * i], in[2 * i + 1]);
                    out[3 * i] = out[3 * i + 1] = out[3 * i + 2] = gray;
                }
            }
            case RGBA -> {
                for (int i = 0; i < area; i++) {
                    for (int c = 0; c < 3; c++) {
                        out[3 * i + c] = onWhite(in[4 * i + c], in[4 * i + 3]);
                    }
                }
            }
            case CMYK -> {
                for (int i = 0; i < area; i++) {
                    int light = 255 - (in[4 * i + 3] & 255);
                    for (int c = 0; c < 3; c++) {
                        out[3 * i + c] = (byte) Math.max(0, light - timesOver255(in[4 * i + c] & 255, light));
                    }
                }
            }
            case RGB -> throw new AssertionError("handled above");
        }
        return Pixels.wrap(raster.width(), raster.height(), out);
    }

    /** a · b / 255 rounded, with shifts instead of a division. */
    static int timesOver255(int a, int b) {
        int t = a * b + 128;
        return ((t >> 8) + t) >> 8;
    }

    /** A colour with its alpha over opaque white, seven extra bits of precision. */
    private static byte onWhite(byte colour, byte alpha) {
        int a = alpha & 255;
        if (a == 0) {
            return (byte) 255;
        }
        int top = a << 7;
        int sum = (colour & 255) * top + 255 * ((255 << 7) - top) + (0x80 << 7);
        return (byte) ((((sum >> 8) + sum) >> 8) >> 7);
    }
}
