package dev.nextstep.transformer;

import dev.nextstep.kernel.Bf16;
import dev.nextstep.tensor.Precision;
import java.util.Arrays;

/**
 * Rotary position embedding (spec §3.3): value pairs (i, i + headDim/2) of a head are turned by position · θ^(−2i/headDim).
 *
 * <p>Angles are fp32 products as in the official code; sine and cosine of an angle are the correctly rounded ones of
 * {@link StrictMath}, the same on every machine.
 */
public final class RotaryEmbedding {
    private final int half;
    private final float[] frequencies;
    private final Precision precision;
    private volatile Table table = new Table(0, new float[0], new float[0]);

    /**
     * The rotation of one kind of head.
     *
     * @param headDim values per head, even
     * @param theta base of the frequencies, 1 000 000 in the official models
     */
    public RotaryEmbedding(int headDim, double theta, RopeFrequencies frequencies, Precision precision) {
        this.half = headDim / 2;
        this.precision = precision;
        this.frequencies = new float[half];
        for (int i = 0; i < half; i++) {
            float exponent = (2f * i) / headDim;
            float frequency = 1f / (float) StrictMath.pow(theta, exponent);
            this.frequencies[i] = frequencies == RopeFrequencies.BF16 ? Bf16.round(frequency) : frequency;
        }
    }

    /** Cosines [headDim/2] at a position ≥ 0. */
    public float[] cos(int position) {
        return Arrays.copyOfRange(upTo(position).cos, position * half, (position + 1) * half);
    }

    /** Sines [headDim/2] at a position ≥ 0. */
    public float[] sin(int position) {
        return Arrays.copyOfRange(upTo(position).sin, position * half, (position + 1) * half);
    }

    /** Turns {@code heads} consecutive heads in place. */
    public void rotate(float[] x, int at, int heads, int position) {
        var t = upTo(position);
        int c0 = position * half;
        boolean round = precision == Precision.REFERENCE_BF16;
        for (int h = 0; h < heads; h++) {
            int a = at + h * 2 * half;
            int b = a + half;
            for (int i = 0; i < half; i++) {
                float cos = t.cos[c0 + i];
                float sin = t.sin[c0 + i];
                float u = x[a + i];
                float v = x[b + i];
                if (round) { // the official code rounds both products and the sum
                    x[a + i] = Bf16.round(Bf16.round(u * cos) + Bf16.round(-v * sin));
                    x[b + i] = Bf16.round(Bf16.round(v * cos) + Bf16.round(u * sin));
                } else {
                    x[a + i] = u * cos - v * sin;
                    x[b + i] = v * cos + u * sin;
                }
            }
        }
    }

    private Table upTo(int position) {
        var current = table;
        if (position < current.positions) {
            return current;
        }
        int positions = Math.max(position + 1, Math.max(256, 2 * current.positions));
        var cos = Arrays.copyOf(current.cos, positions * half);
        var sin = Arrays.copyOf(current.sin, positions * half);
        for (int p = current.positions; p < positions; p++) {
            for (int i = 0; i < half; i++) {
                float angle = p * frequencies[i];
                float c = (float) StrictMath.cos(angle);
                float s = (float) StrictMath.sin(angle);
                boolean round = precision == Precision.REFERENCE_BF16;
                cos[p * half + i] = round ? Bf16.round(c) : c;
                sin[p * half + i] = round ? Bf16.round(s) : s;
            }
        }
        var grown = new Table(positions, cos, sin);
        table = grown; // two threads may both grow it; either result is right
        return grown;
    }

    private record Table(int positions, float[] cos, float[] sin) {}
}
