package dev.nextstep.torch;

import dev.nextstep.checkpoint.ModelConfig;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Rotary angles of some positions (spec §3.3).
 *
 * @param cosine [positions, d], both halves alike
 * @param sine [positions, d], negative in the first half
 */
record RotaryTable(Tensor cosine, Tensor sine) {
    /** Positions 0, 1, 2, …. */
    static RotaryTable of(ModelConfig config, long length) {
        var positions = new float[Math.toIntExact(length)];
        for (int p = 0; p < positions.length; p++) {
            positions[p] = p;
        }
        return of(config, positions);
    }

    /** These positions. */
    static RotaryTable of(ModelConfig config, float[] positions) {
        int half = config.headDimension() / 2;
        var angles = new float[positions.length * 2 * half];
        for (int k = 0; k < half; k++) {
            float exponent = (float) (2 * k) / config.headDimension();
            float frequency = 1 / (float) StrictMath.pow((float) config.ropeTheta(), exponent);
            for (int p = 0; p < positions.length; p++) {
                angles[p * 2 * half + k] = positions[p] * frequency;
                angles[p * 2 * half + half + k] = positions[p] * frequency;
            }
        }
        var all = Tensors.of(angles, positions.length, 2L * half);
        // The first half turns against the second one with the sign of the sine changed.
        var sign = new float[2 * half];
        Arrays.fill(sign, 0, half, -1);
        Arrays.fill(sign, half, 2 * half, 1);
        return new RotaryTable(torch.cos(all), torch.sin(all).mul(Tensors.of(sign, 2L * half)));
    }

    RotaryTable on(Placement placement) {
        return new RotaryTable(placement.of(cosine), placement.of(sine));
    }

    /** Turns queries or keys [..., positions, d]. */
    Tensor apply(Tensor x) {
        var type = x.scalar_type();
        var swapped = x.roll(new long[] {x.size(-1) / 2}, -1);
        return torch.addcmul(x.mul(cosine.to(type)), swapped, sine.to(type));
    }
}
