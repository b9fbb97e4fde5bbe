package dev.nextstep.flow;

import dev.nextstep.kernel.Activations;
import dev.nextstep.kernel.Bf16;
import dev.nextstep.kernel.Linear;
import dev.nextstep.kernel.ThreadTeam;
import dev.nextstep.tensor.Precision;
import dev.nextstep.tensor.TensorSource;

/**
 * Times to vectors (spec §6.1): 128 cosines and 128 sines of t · 10000^(−k/128) (t is not scaled by 1000), then Linear,
 * SiLU, Linear. The vectors of a schedule are a table: they do not depend on the token.
 */
public final class TimeEmbedding {
    /** Number of features: cosines first, then sines. */
    public static final int FEATURES = 256;

    private static final float[] FREQUENCIES = frequencies();

    private final Linear first;
    private final Linear second;
    private final Precision precision;

    TimeEmbedding(TensorSource weights, String at, int width, Precision precision) {
        this.first = Linear.load(weights, at + "mlp.0", width, FEATURES);
        this.second = Linear.load(weights, at + "mlp.2", width, width);
        this.precision = precision;
    }

    private static float[] frequencies() {
        int half = FEATURES / 2;
        var frequencies = new float[half];
        float negativeLog = (float) -StrictMath.log(10000);
        for (int k = 0; k < half; k++) {
            frequencies[k] = (float) StrictMath.exp(negativeLog * k / half);
        }
        return frequencies;
    }

    /** Features [n, 256] of times. In bf16 the network sees the rounded time and rounded features. */
    public float[] features(float[] times) {
        int half = FEATURES / 2;
        var features = new float[times.length * FEATURES];
        for (int i = 0; i < times.length; i++) {
            float t = precision == Precision.REFERENCE_BF16 ? Bf16.round(times[i]) : times[i];
            for (int k = 0; k < half; k++) {
                float angle = t * FREQUENCIES[k];
                features[i * FEATURES + k] = (float) StrictMath.cos(angle);
                features[i * FEATURES + half + k] = (float) StrictMath.sin(angle);
            }
        }
        return round(features);
    }

    /** Embedded times [n, width]. */
    public float[] embed(ThreadTeam team, float[] times) {
        var hidden = new float[times.length * first.outputs()];
        first.forward(team, features(times), times.length, hidden);
        round(hidden);
        Activations.silu(hidden, 0, hidden.length);
        round(hidden);
        var embedded = new float[times.length * second.outputs()];
        second.forward(team, hidden, times.length, embedded);
        return round(embedded);
    }

    private float[] round(float[] values) {
        if (precision == Precision.REFERENCE_BF16) {
            Bf16.round(values);
        }
        return values;
    }
}
