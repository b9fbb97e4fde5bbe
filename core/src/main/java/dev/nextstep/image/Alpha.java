package dev.nextstep.image;

/** Colours times alpha and back, with Pillow's rounding: up by +128 and shifts, down truncated. */
final class Alpha {
    private Alpha() {}

    static byte[] premultiply(Raster raster) {
        int n = raster.mode().channels();
        byte[] out = raster.bytes().clone();
        for (int i = 0; i < out.length; i += n) {
            int alpha = out[i + n - 1] & 255;
            for (int c = 0; c < n - 1; c++) {
                out[i + c] = (byte) RgbRules.timesOver255(out[i + c] & 255, alpha);
            }
        }
        return out;
    }

    /** White where alpha is 0, black where it is 255. */
    static Pixels transparency(Raster raster) {
        int n = raster.mode().channels();
        byte[] in = raster.bytes();
        byte[] out = new byte[3 * raster.width() * raster.height()];
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) ~in[(i / 3 + 1) * n - 1];
        }
        return Pixels.wrap(raster.width(), raster.height(), out);
    }

    static byte[] unpremultiply(Raster raster) {
        int n = raster.mode().channels();
        byte[] out = raster.bytes().clone();
        for (int i = 0; i < out.length; i += n) {
            int alpha = out[i + n - 1] & 255;
            if (alpha != 0 && alpha != 255) {
                for (int c = 0; c < n - 1; c++) {
                    out[i + c] = (byte) Math.min(255, 255 * (out[i + c] & 255) / alpha);
                }
            }
        }
        return out;
    }
}
