package dev.nextstep.train.model;

import dev.nextstep.checkpoint.ModelConfig;
import dev.nextstep.torch.Initializer;
import dev.nextstep.train.run.TrainingRandom;
import java.util.Arrays;

/**
 * First weights of a model that is trained from nothing (spec §6.1): matrices of the transformer normal with deviation 0.02,
 * those that end a residual branch less the deeper the network; head Xavier-uniform, with zero modulations and a zero last
 * layer, so that the velocity starts at 0.
 *
 * @param config the model's
 * @param seed any number
 */
public record ModelInitializer(ModelConfig config, long seed) implements Initializer {
    private static final double DEVIATION = 0.02;
    /** The in-projector reads normalised tokens; with it they are about as large as embeddings become. */
    private static final double TOKEN_DEVIATION = 0.1;

    @Override
    public float[] values(String name, long[] shape) {
        int n = Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
        var values = new float[n];
        boolean zero = name.endsWith(".bias")
                || name.contains("adaLN_modulation")
                || name.endsWith("final_layer.linear.weight");
        if (zero) {
            return values;
        }
        if (shape.length == 1) {
            Arrays.fill(values, 1);
            return values;
        }
        var stream = new TrainingRandom(seed).stream(0, name);
        if (name.startsWith("image_head.") && !name.contains("time_embed")) {
            stream.uniforms(values);
            double bound = Math.sqrt(6.0 / (shape[0] + shape[1]));
            for (int i = 0; i < n; i++) {
                values[i] = (float) ((2 * values[i] - 1) * bound);
            }
            return values;
        }
        stream.normals(values);
        double deviation = name.startsWith("image_in_projector") ? TOKEN_DEVIATION : DEVIATION;
        if (name.endsWith("o_proj.weight") || name.endsWith("down_proj.weight")) {
            deviation /= Math.sqrt(2.0 * config.layers());
        }
        for (int i = 0; i < n; i++) {
            values[i] *= (float) deviation;
        }
        return values;
    }
}
