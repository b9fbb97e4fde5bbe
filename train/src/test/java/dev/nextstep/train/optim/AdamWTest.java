package dev.nextstep.train.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class AdamWTest {

    @Test
    void stepsAsTheFormulasSayAndCountsStepsPerParameter() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        var settings = AdamWSettings.of(0.01, 0.1);
        var parameters = Tensors.some(random);
        var weights = new LinkedHashMap<String, double[]>();
        var m = new LinkedHashMap<String, double[]>();
        var v = new LinkedHashMap<String, double[]>();
        var counts = new LinkedHashMap<String, Integer>();
        parameters.forEach((name, tensor) -> {
            weights.put(name, doubles(Tensors.values(tensor)));
            m.put(name, new double[(int) tensor.numel()]);
            v.put(name, new double[(int) tensor.numel()]);
        });
        try (var adam = new AdamW(parameters, settings)) {
            for (int step = 0; step < 5; step++) {
                double lr = 0.01 * (step + 1) / 5;
                for (var name : parameters.keySet()) {
                    if (name.startsWith("conv") && step % 2 == 1) {
                        continue; // Not reached by the loss of this step.
                    }
                    int t = counts.merge(name, 1, Integer::sum);
                    float[] g = Tensors.random(random, Tensors.at(m, name).length, 0.1);
                    Tensors.setGradient(Tensors.at(parameters, name), g);
                    reference(Tensors.at(weights, name), g, Tensors.at(m, name), Tensors.at(v, name), t, lr);
                }
                adam.step((step + 1) / 5.0);
                Gradients.clear(parameters);
            }
            assertThat(adam.state().counters())
                    .containsEntry("adamw.step.embed.weight", 5L)
                    .containsEntry("adamw.step.conv.weight", 3L);
        }
        parameters.forEach((name, tensor) -> {
            float[] actual = Tensors.values(tensor);
            for (int i = 0; i < actual.length; i++) {
                assertThat((double) actual[i])
                        .as("seed %d, %s[%d]", seed, name, i)
                        .isCloseTo(Tensors.at(weights, name)[i], within(2e-6));
            }
        });
    }

    private static void reference(double[] w, float[] g, double[] m, double[] v, int t, double lr) {
        for (int i = 0; i < w.length; i++) {
            w[i] *= 1 - lr * 0.1;
            m[i] = 0.9 * m[i] + 0.1 * g[i];
            v[i] = 0.95 * v[i] + 0.05 * g[i] * g[i];
            double mean = m[i] / (1 - Math.pow(0.9, t));
            double root = Math.sqrt(v[i] / (1 - Math.pow(0.95, t)));
            w[i] -= lr * mean / (root + 1e-8);
        }
    }

    private static double[] doubles(float[] values) {
        var result = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = values[i];
        }
        return result;
    }

    @Test
    void refusesImpossibleSettings() {
        assertThatThrownBy(() -> AdamWSettings.of(-1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("learning rate is -1.0");
        assertThatThrownBy(() -> AdamWSettings.of(Double.NaN, 0)).isInstanceOf(IllegalArgumentException.class);
        var parameters = new LinkedHashMap<>(Map.of("w", Tensors.parameter(new float[2], 2)));
        try (var adam = new AdamW(parameters, AdamWSettings.of(0.1, 0))) {
            assertThatThrownBy(() -> adam.step(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void refusesWeightsThatAreNotSinglePrecision() {
        Map<String, Tensor> half =
                Map.of("w", Tensors.of(new float[2], 2).to(org.bytedeco.pytorch.global.torch.ScalarType.BFloat16));
        assertThatThrownBy(() -> new AdamW(new LinkedHashMap<>(half), AdamWSettings.of(0.1, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("BFloat16");
    }
}
