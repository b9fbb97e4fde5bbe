package dev.nextstep.train.tokenizer;

import dev.nextstep.torch.Initializer;
import dev.nextstep.train.run.TrainingRandom;
import java.util.Arrays;

/**
 * First weights of an image tokenizer: norms are the identity, biases zero, kernels normal with variance 1 / inputs; the last
 * kernel of a residual branch is smaller, so that the network starts near a chain of plain convolutions.
 *
 * @param seed any number
 */
public record TokenizerInitializer(long seed) implements Initializer {
    private static final double BRANCH = 0.3;

    @Override
    public float[] values(String name, long[] shape) {
        int n = Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
        var values = new float[n];
        if (!name.endsWith(".weight")) {
            return values;
        }
        if (shape.length == 1) {
            Arrays.fill(values, 1);
            return values;
        }
        double scale = Math.sqrt((double) shape[0] / n);
        if (name.contains("conv2") || name.contains("proj_out")) {
            scale *= BRANCH;
        }
        new TrainingRandom(seed).stream(0, name).normals(values);
        for (int i = 0; i < n; i++) {
            values[i] *= (float) scale;
        }
        return values;
    }
}
