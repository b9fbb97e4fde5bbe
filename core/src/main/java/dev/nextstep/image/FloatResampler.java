package dev.nextstep.image;

/** Resizing of one plane of floats (Pillow's mode F): the same kernels, no rounding but to float32 after each pass. */
public final class FloatResampler {
    private FloatResampler() {}

    /**
     * A plane resized; the filter may not be NEAREST.
     *
     * @param plane [height][width]
     */
    public static float[] resize(
            float[] plane, int width, int height, int outWidth, int outHeight, ResampleFilter filter) {
        if (plane.length != (long) width * height || outWidth < 1 || outHeight < 1) {
            throw new IllegalArgumentException("cannot resize " + plane.length + " values taken as " + width + " x "
                    + height + " to " + outWidth + " x " + outHeight);
        }
        float[] current = plane.clone();
        if (outWidth != width) {
            ResampleKernel kernel = ResampleKernel.of(width, 0, width, outWidth, filter);
            current = pass(current, height, width, 1, kernel, outWidth);
        }
        if (outHeight != height) {
            ResampleKernel kernel = ResampleKernel.of(height, 0, height, outHeight, filter);
            current = pass(current, outWidth, 1, outWidth, kernel, outHeight);
        }
        return current;
    }

    /** Filters {@code lines} lines; a line starts lineStep further on, its elements lie elementStep apart. */
    private static float[] pass(
            float[] in, int lines, int lineStep, int elementStep, ResampleKernel kernel, int outSize) {
        float[] out = new float[Math.multiplyExact(lines, outSize)];
        int outLineStep = elementStep == 1 ? outSize : 1;
        for (int line = 0; line < lines; line++) {
            for (int i = 0; i < outSize; i++) {
                double sum = 0;
                int from = line * lineStep + kernel.first()[i] * elementStep;
                for (int k = 0; k < kernel.count()[i]; k++) {
                    sum += in[from + k * elementStep] * kernel.weights()[i * kernel.stride() + k];
                }
                out[line * outLineStep + i * elementStep] = (float) sum;
            }
        }
        return out;
    }
}
