package dev.nextstep.image;

/**
 * Weights of one pass along one axis: for output position i, {@code count[i]} weights from source position
 * {@code first[i]} on, stored at i · {@code stride}.
 */
@SuppressWarnings("ArrayRecordComponent") // package-private carrier, never compared
record ResampleKernel(int stride, int[] first, int[] count, double[] weights) {
    /** Fractional bits of the integer weights of 8-bit pictures. */
    static final int PRECISION = 22;

    static ResampleKernel of(int sourceSize, float from, float to, int outSize, ResampleFilter filter) {
        double scale = (double) (to - from) / outSize;
        double filterScale = Math.max(scale, 1);
        double support = filter.support() * filterScale;
        double inverse = 1 / filterScale;
        int stride = (int) Math.ceil(support) * 2 + 1;
        int[] first = new int[outSize];
        int[] count = new int[outSize];
        double[] weights = new double[Math.multiplyExact(outSize, stride)];
        for (int i = 0; i < outSize; i++) {
            double center = from + (i + 0.5) * scale;
            int begin = Math.max(0, (int) (center - support + 0.5));
            int n = Math.min(sourceSize, (int) (center + support + 0.5)) - begin;
            double sum = 0;
            for (int k = 0; k < n; k++) {
                double weight = filter.weight((k + begin - center + 0.5) * inverse);
                weights[i * stride + k] = weight;
                sum += weight;
            }
            if (sum != 0) {
                for (int k = 0; k < n; k++) {
                    weights[i * stride + k] /= sum;
                }
            }
            first[i] = begin;
            count[i] = n;
        }
        return new ResampleKernel(stride, first, count, weights);
    }

    /** The weights in {@link #PRECISION} fractional bits, rounded half away from zero. */
    int[] fixedPoint() {
        int[] out = new int[weights.length];
        for (int i = 0; i < out.length; i++) {
            double scaled = weights[i] * (1 << PRECISION);
            out[i] = (int) (scaled < 0 ? scaled - 0.5 : scaled + 0.5);
        }
        return out;
    }
}
