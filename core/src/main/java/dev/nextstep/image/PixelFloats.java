package dev.nextstep.image;

/**
 * Between bytes and the floats of the image tokenizer, exactly as the official code does it: every step in float32
 * (spec §4.1, §4.6; in wider arithmetic some values would round to another byte, §15 item 29).
 */
public final class PixelFloats {
    private PixelFloats() {}

    /** Floats in [−1, 1] in the order [3][height][width]: byte/255, then (x − 0.5)/0.5. */
    public static float[] toFloats(Pixels pixels) {
        int area = pixels.width() * pixels.height();
        byte[] rgb = pixels.bytes();
        float[] out = new float[3 * area];
        for (int i = 0; i < area; i++) {
            for (int c = 0; c < 3; c++) {
                out[c * area + i] = ((rgb[3 * i + c] & 255) / 255f - 0.5f) / 0.5f;
            }
        }
        return out;
    }

    /**
     * A picture from decoded floats in about [−1, 1]: x/2 + 0.5, clamped to [0, 1], times 255, rounded half to even. NaN
     * becomes 0.
     *
     * @param values [3][height][width], or [1][height][width] for a gray picture
     * @throws IllegalArgumentException if the number of values is neither
     */
    public static Pixels fromFloats(float[] values, int width, int height) {
        return convert(values, width, height, 0.5f, 0.5f);
    }

    /** Like {@link #fromFloats}, for floats that are in [0, 1] already. */
    public static Pixels fromUnitFloats(float[] values, int width, int height) {
        return convert(values, width, height, 1f, 0f);
    }

    private static Pixels convert(float[] values, int width, int height, float scale, float shift) {
        long area = (long) width * height;
        if (width < 1 || height < 1 || (values.length != 3 * area && values.length != area)) {
            throw new IllegalArgumentException("a picture of " + width + " x " + height + " needs " + 3 * area
                    + " values, or " + area + " for gray; got " + values.length);
        }
        int plane = (int) area;
        int step = values.length == plane ? 0 : plane;
        byte[] rgb = new byte[3 * plane];
        for (int i = 0; i < plane; i++) {
            for (int c = 0; c < 3; c++) {
                rgb[3 * i + c] = (byte) toByte(values[c * step + i] * scale + shift);
            }
        }
        return Pixels.wrap(width, height, rgb);
    }

    private static int toByte(float unit) {
        float clamped = Math.min(Math.max(unit, 0f), 1f);
        return Float.isNaN(clamped) ? 0 : (int) Math.rint((double) (clamped * 255f));
    }
}
