package dev.nextstep.kernel;

import dev.nextstep.tensor.Precision;
import dev.nextstep.tensor.Tensor;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Group normalisation over channel groups of a whole picture (Wu and He 2018), optionally followed by swish,
 * x·sigmoid(x). 32 groups, ε = 1e-6 (spec §4.2).
 *
 * <p>It is applied while a convolution reads its input ({@link Applied}), so normalised activations are never stored.
 * The statistics are sums in double, row by row: they do not depend on how the rows are divided over threads or strips.
 */
public final class GroupNorm {
    /** Number of groups; the number of channels must be a multiple. */
    public static final int GROUPS = 32;

    private static final double EPSILON = 1e-6;

    /** What follows the normalisation. */
    public enum Activation {
        NONE,
        SWISH
    }

    private final float[] gain;
    private final float[] bias;
    private final Activation activation;
    private final Precision precision;

    /**
     * @param gain [channels]
     * @param bias [channels]
     */
    public GroupNorm(Tensor gain, Tensor bias, Activation activation, Precision precision) {
        this.gain = gain.toFloats();
        this.bias = bias.toFloats();
        this.activation = activation;
        this.precision = precision;
        if (precision == Precision.REFERENCE_BF16) {
            Bf16.round(this.gain, 0, this.gain.length);
            Bf16.round(this.bias, 0, this.bias.length);
        }
        if (this.gain.length % GROUPS != 0) {
            throw new IllegalArgumentException("%s: %d channels cannot be divided into %d groups"
                    .formatted(gain.name(), this.gain.length, GROUPS));
        }
    }

    /** Sums over a picture that may arrive in strips of rows, in any order. */
    public static final class Statistics {
        private final int height;
        private final int width;
        private final int channels;
        private final double[] rowSums;

        public Statistics(int height, int width, int channels) {
            this.height = height;
            this.width = width;
            this.channels = channels;
            this.rowSums = new double[height * 2 * GROUPS];
        }

        /** Statistics of a whole picture. */
        public static Statistics of(FeatureMap map, GemmWorkspace workspace) {
            var statistics = new Statistics(map.height(), map.width(), map.channels());
            statistics.add(map, map.firstRow(), map.endRow(), workspace);
            return statistics;
        }

        /** Takes in rows {@code from} to {@code to} (exclusive), each row of the picture once in all. */
        public void add(FeatureMap map, int from, int to, GemmWorkspace workspace) {
            // Too little work is done sooner alone.
            int rowsPerPiece = Math.max(1, 16384 / (width * channels));
            int pieces = Math.ceilDiv(to - from, rowsPerPiece);
            workspace.team().run(pieces, piece -> {
                int first = from + piece * rowsPerPiece;
                var sums = new double[channels];
                var squares = new double[channels];
                for (int y = first; y < Math.min(to, first + rowsPerPiece); y++) {
                    addRow(map, y, sums, squares);
                }
            });
        }

        private void addRow(FeatureMap map, int y, double[] sums, double[] squares) {
            Arrays.fill(sums, 0);
            Arrays.fill(squares, 0);
            float[] data = map.data();
            int offset = map.row(y);
            for (int x = 0; x < width; x++, offset += channels) {
                accumulate(data, offset, sums, squares);
            }
            int perGroup = channels / GROUPS;
            for (int g = 0; g < GROUPS; g++) {
                double sum = 0;
                double square = 0;
                for (int c = g * perGroup; c < (g + 1) * perGroup; c++) {
                    sum += sums[c];
                    square += squares[c];
                }
                rowSums[y * 2 * GROUPS + g] = sum;
                rowSums[(y * 2 + 1) * GROUPS + g] = square;
            }
        }

        // A loop of its own: the JIT compiler vectorises it along the channels, which leaves every sum's order alone.
        private static void accumulate(float[] data, int offset, double[] sums, double[] squares) {
            for (int c = 0; c < sums.length; c++) {
                double value = data[offset + c];
                sums[c] += value;
                squares[c] += value * value;
            }
        }
    }

    /** The normalisation of one picture: y = x·scale + shift per channel, then the activation. */
    public static final class Applied {
        private final float[] scale;
        private final float[] shift;
        private final Activation activation;
        private final Precision precision;

        private Applied(float[] scale, float[] shift, Activation activation, Precision precision) {
            this.scale = scale;
            this.shift = shift;
            this.activation = activation;
            this.precision = precision;
        }

        /** The normalised rows of a map, stored: for looking at them. */
        public FeatureMap apply(FeatureMap map) {
            var result = FeatureMap.zeroRows(map.height(), map.width(), map.channels(), map.firstRow(), map.rows());
            apply(map.data(), 0, result.data(), 0, map.rows() * map.width());
            return result;
        }

        /** Reads {@code positions} × channels values and writes them normalised. */
        void apply(float[] source, int from, float[] target, int to, int positions) {
            int channels = scale.length;
            for (int i = 0; i < positions; i++) {
                int s = from + i * channels;
                int t = to + i * channels;
                if (precision == Precision.REFERENCE_BF16) {
                    applyRounded(source, s, target, t);
                } else if (activation == Activation.SWISH) {
                    applySwish(source, s, target, t, scale, shift);
                } else {
                    for (int c = 0; c < channels; c++) {
                        target[t + c] = Math.fma(source[s + c], scale[c], shift[c]);
                    }
                }
            }
        }

        private static void applySwish(float[] source, int s, float[] target, int t, float[] scale, float[] shift) {
            var lanes = GemmKernels.LANES;
            int bound = lanes.loopBound(scale.length);
            int c = 0;
            for (; c < bound; c += lanes.length()) {
                var x = FloatVector.fromArray(lanes, source, s + c);
                var y = x.fma(FloatVector.fromArray(lanes, scale, c), FloatVector.fromArray(lanes, shift, c));
                y.div(FastExp.exp(y.neg()).add(1f)).intoArray(target, t + c);
            }
            for (; c < scale.length; c++) {
                float y = Math.fma(source[s + c], scale[c], shift[c]);
                target[t + c] = y / (FastExp.exp(-y) + 1f);
            }
        }

        private void applyRounded(float[] source, int s, float[] target, int t) {
            for (int c = 0; c < scale.length; c++) {
                float y = Bf16.round(Math.fma(source[s + c], scale[c], shift[c]));
                if (activation == Activation.SWISH) {
                    y = Bf16.round(y * Bf16.round(1f / (1f + FastExp.exp(-y))));
                }
                target[t + c] = y;
            }
        }
    }

    /** The normalisation for a picture with these statistics, which must be complete. */
    public Applied apply(Statistics statistics) {
        int channels = gain.length;
        if (statistics.channels != channels) {
            throw new IllegalArgumentException(
                    "statistics of %d channels for a norm of %d".formatted(statistics.channels, channels));
        }
        int perGroup = channels / GROUPS;
        double n = (double) statistics.height * statistics.width * perGroup;
        var scale = new float[channels];
        var shift = new float[channels];
        for (int g = 0; g < GROUPS; g++) {
            double sum = 0;
            double square = 0;
            for (int y = 0; y < statistics.height; y++) {
                sum += statistics.rowSums[y * 2 * GROUPS + g];
                square += statistics.rowSums[(y * 2 + 1) * GROUPS + g];
            }
            double mean = sum / n;
            double variance = Math.max(0, square / n - mean * mean);
            double inverse = 1 / Math.sqrt(variance + EPSILON);
            for (int c = g * perGroup; c < (g + 1) * perGroup; c++) {
                scale[c] = (float) (inverse * gain[c]);
                shift[c] = (float) (bias[c] - mean * inverse * gain[c]);
            }
        }
        return new Applied(scale, shift, activation, precision);
    }
}
