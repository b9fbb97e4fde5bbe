package dev.nextstep.kernel;

import dev.nextstep.kernel.Convolution.Geometry;

/** Convolution and group norm as their definitions say, in plain Java. */
final class ConvolutionReference {
    private ConvolutionReference() {}

    /**
     * The sum in fp32, in the order that {@link Convolution} promises: kernel row, kernel column, input channel.
     *
     * @param weight [outputs, inputs, side, side]
     */
    static FeatureMap apply(FeatureMap in, float[] weight, float[] bias, Geometry geometry) {
        int outputs = bias.length;
        int inputs = in.channels();
        int side = geometry == Geometry.POINTWISE ? 1 : 3;
        int stride = geometry == Geometry.HALVING ? 2 : 1;
        int zoom = geometry == Geometry.DOUBLING ? 2 : 1;
        int before = geometry == Geometry.SAME || geometry == Geometry.DOUBLING ? 1 : 0;
        var out = FeatureMap.zeros(geometry.outputSize(in.height()), geometry.outputSize(in.width()), outputs);
        for (int y = 0; y < out.height(); y++) {
            for (int x = 0; x < out.width(); x++) {
                for (int o = 0; o < outputs; o++) {
                    float sum = bias[o];
                    for (int ky = 0; ky < side; ky++) {
                        for (int kx = 0; kx < side; kx++) {
                            int iy = y * stride + ky - before;
                            int ix = x * stride + kx - before;
                            boolean inside = iy >= 0 && ix >= 0 && iy < in.height() * zoom && ix < in.width() * zoom;
                            for (int i = 0; i < inputs; i++) {
                                float value = inside ? in.data()[in.row(iy / zoom) + ix / zoom * inputs + i] : 0f;
                                sum = Math.fma(value, weight[((o * inputs + i) * side + ky) * side + kx], sum);
                            }
                        }
                    }
                    out.data()[out.row(y) + x * outputs + o] = sum;
                }
            }
        }
        return out;
    }

    /** Group norm in double, then swish if asked. */
    static FeatureMap norm(FeatureMap in, float[] gain, float[] bias, GroupNorm.Activation activation) {
        var out = FeatureMap.zeros(in.height(), in.width(), in.channels());
        int positions = in.height() * in.width();
        int perGroup = in.channels() / GroupNorm.GROUPS;
        for (int g = 0; g < GroupNorm.GROUPS; g++) {
            double sum = 0;
            for (int p = 0; p < positions; p++) {
                for (int c = g * perGroup; c < (g + 1) * perGroup; c++) {
                    sum += in.data()[p * in.channels() + c];
                }
            }
            double mean = sum / positions / perGroup;
            double squares = 0;
            for (int p = 0; p < positions; p++) {
                for (int c = g * perGroup; c < (g + 1) * perGroup; c++) {
                    double d = in.data()[p * in.channels() + c] - mean;
                    squares += d * d;
                }
            }
            double deviation = Math.sqrt(squares / positions / perGroup + 1e-6);
            for (int p = 0; p < positions; p++) {
                for (int c = g * perGroup; c < (g + 1) * perGroup; c++) {
                    int i = p * in.channels() + c;
                    double y = (in.data()[i] - mean) / deviation * gain[c] + bias[c];
                    out.data()[i] = (float) (activation == GroupNorm.Activation.SWISH ? y / (1 + Math.exp(-y)) : y);
                }
            }
        }
        return out;
    }

    /** Softmax attention in double. */
    static FeatureMap attention(FeatureMap q, FeatureMap k, FeatureMap v) {
        int positions = q.height() * q.width();
        int channels = q.channels();
        var out = FeatureMap.zeros(q.height(), q.width(), channels);
        for (int i = 0; i < positions; i++) {
            var scores = new double[positions];
            double max = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < positions; j++) {
                for (int c = 0; c < channels; c++) {
                    scores[j] += (double) q.data()[i * channels + c] * k.data()[j * channels + c];
                }
                scores[j] /= Math.sqrt(channels);
                max = Math.max(max, scores[j]);
            }
            double sum = 0;
            for (int j = 0; j < positions; j++) {
                scores[j] = Math.exp(scores[j] - max);
                sum += scores[j];
            }
            for (int c = 0; c < channels; c++) {
                double y = 0;
                for (int j = 0; j < positions; j++) {
                    y += scores[j] * v.data()[j * channels + c];
                }
                out.data()[i * channels + c] = (float) (y / sum);
            }
        }
        return out;
    }
}
