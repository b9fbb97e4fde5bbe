package dev.nextstep.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Element-wise functions over fp32 arrays, in place. Bodies and tails give the same bits ({@link FastExp}). */
public final class Activations {
    private static final VectorSpecies<Float> S = Lanes.SPECIES;

    private Activations() {}

    /** x ← x · sigmoid(x) = x / (1 + e^−x), also called swish. */
    public static void silu(float[] x, int from, int n) {
        int i = from;
        for (int end = from + S.loopBound(n); i < end; i += S.length()) {
            silu(FloatVector.fromArray(S, x, i)).intoArray(x, i);
        }
        for (; i < from + n; i++) {
            x[i] = silu(x[i]);
        }
    }

    /** gate ← silu(gate) · up, the middle of a SwiGLU layer (spec §3.1). */
    public static void swiGlu(float[] gate, float[] up, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += S.length()) {
            silu(FloatVector.fromArray(S, gate, i))
                    .mul(FloatVector.fromArray(S, up, i))
                    .intoArray(gate, i);
        }
        for (; i < n; i++) {
            gate[i] = silu(gate[i]) * up[i];
        }
    }

    /** x / (1 + e^−x). */
    public static float silu(float x) {
        return x / (1f + FastExp.exp(-x));
    }

    private static FloatVector silu(FloatVector x) {
        return x.div(FastExp.exp(x.neg()).add(1f));
    }

    /** sum ← sum + x. */
    public static void add(float[] sum, float[] x, int n) {
        for (int i = 0; i < n; i++) {
            sum[i] += x[i];
        }
    }
}
