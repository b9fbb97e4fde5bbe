package dev.nextstep.kernel;

import dev.nextstep.tensor.Precision;
import org.jspecify.annotations.Nullable;

/**
 * Normalisations over rows. Sums run in double precision with four chains, so the result does not depend on the vector
 * width and is at least as exact as the official fp32 sums.
 */
public final class Norms {
    private Norms() {}

    /**
     * RMSNorm (spec §3.2): y = x / √(mean(x²) + eps) · weight, for each of {@code rows} rows of {@code weight.length}
     * values. In {@link Precision#REFERENCE_BF16} the normalised value is rounded before it is multiplied, and again
     * after.
     */
    public static void rms(float[] x, int rows, float[] weight, float eps, Precision precision, float[] y) {
        int n = weight.length;
        for (int r = 0; r < rows; r++) {
            int at = r * n;
            double s0 = 0;
            double s1 = 0;
            double s2 = 0;
            double s3 = 0;
            int i = 0;
            for (; i + 4 <= n; i += 4) {
                s0 += (double) x[at + i] * x[at + i];
                s1 += (double) x[at + i + 1] * x[at + i + 1];
                s2 += (double) x[at + i + 2] * x[at + i + 2];
                s3 += (double) x[at + i + 3] * x[at + i + 3];
            }
            for (; i < n; i++) {
                s0 += (double) x[at + i] * x[at + i];
            }
            float mean = (float) (((s0 + s1) + (s2 + s3)) / n);
            float scale = (float) (1 / Math.sqrt(mean + eps));
            if (precision == Precision.REFERENCE_BF16) {
                for (i = 0; i < n; i++) {
                    y[at + i] = Bf16.round(Bf16.round(x[at + i] * scale) * weight[i]);
                }
            } else {
                for (i = 0; i < n; i++) {
                    y[at + i] = x[at + i] * scale * weight[i];
                }
            }
        }
    }

    /**
     * LayerNorm over rows of {@code n} values: y = (x − mean) / √(variance + eps), then · weight + bias where given. In
     * {@link Precision#REFERENCE_BF16} the result is rounded once.
     */
    public static void layer(
            float[] x,
            int rows,
            int n,
            float @Nullable [] weight,
            float @Nullable [] bias,
            float eps,
            Precision precision,
            float[] y) {
        for (int r = 0; r < rows; r++) {
            int at = r * n;
            double mean = sum(x, at, n) / n;
            double variance = squaredDeviations(x, at, n, mean) / n;
            float m = (float) mean;
            float scale = (float) (1 / Math.sqrt((float) variance + eps));
            if (weight != null && bias != null) {
                for (int i = 0; i < n; i++) {
                    y[at + i] = (x[at + i] - m) * scale * weight[i] + bias[i];
                }
            } else {
                for (int i = 0; i < n; i++) {
                    y[at + i] = (x[at + i] - m) * scale;
                }
            }
            if (precision == Precision.REFERENCE_BF16) {
                Bf16.round(y, at, n);
            }
        }
    }

    private static double sum(float[] x, int at, int n) {
        double s = 0;
        for (int i = 0; i < n; i++) {
            s += x[at + i];
        }
        return s;
    }

    private static double squaredDeviations(float[] x, int at, int n, double mean) {
        double s = 0;
        for (int i = 0; i < n; i++) {
            double d = x[at + i] - mean;
            s += d * d;
        }
        return s;
    }
}
