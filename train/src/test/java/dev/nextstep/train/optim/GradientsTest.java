package dev.nextstep.train.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class GradientsTest {
    private static SequencedMap<String, Tensor> threeAndFour() {
        var parameters = new LinkedHashMap<String, Tensor>();
        parameters.put("a", Tensors.parameter(new float[2], 2));
        parameters.put("none", Tensors.parameter(new float[2], 2));
        parameters.put("b", Tensors.parameter(new float[1], 1));
        Tensors.setGradient(Tensors.at(parameters, "a"), new float[] {3, 0});
        Tensors.setGradient(Tensors.at(parameters, "b"), new float[] {4});
        return parameters;
    }

    private static float[] gradient(Map<String, Tensor> parameters, String name) {
        try (var _ = new PointerScope()) {
            return Tensors.values(Tensors.at(parameters, name).grad());
        }
    }

    @Test
    void clipsByTheNormOfAll() {
        var parameters = threeAndFour();
        assertThat(Gradients.clip(parameters, 1)).isCloseTo(5, within(1e-6));
        assertThat(gradient(parameters, "a")[0]).isCloseTo(0.6f, within(1e-6f));
        assertThat(gradient(parameters, "b")[0]).isCloseTo(0.8f, within(1e-6f));
        assertThat(Gradients.clip(parameters, 1)).isCloseTo(1, within(1e-6));
    }

    @Test
    void leavesSmallGradientsAlone() {
        var parameters = threeAndFour();
        assertThat(Gradients.clip(parameters, Double.POSITIVE_INFINITY)).isCloseTo(5, within(1e-6));
        assertThat(gradient(parameters, "a")).containsExactly(3, 0);
    }

    @Test
    void namesTheFirstGradientThatIsNotFinite() {
        var parameters = threeAndFour();
        assertThat(Gradients.firstNotFinite(parameters)).isEmpty();
        Tensors.setGradient(Tensors.at(parameters, "b"), new float[] {Float.NaN});
        assertThat(Gradients.firstNotFinite(parameters)).contains("b");
        assertThat(Gradients.clip(parameters, 1)).isNaN();
        Gradients.clear(parameters);
        assertThat(Gradients.firstNotFinite(parameters)).isEmpty();
        assertThat(Gradients.clip(parameters, 1)).isZero();
    }

    @Test
    void averagesForgetTheStart() {
        var parameters = new LinkedHashMap<>(Map.of("w", Tensors.parameter(new float[] {1}, 1)));
        try (var ema = new Ema(parameters, 0.5)) {
            Tensors.setGradient(Tensors.at(parameters, "w"), new float[] {1});
            try (var adam = new AdamW(parameters, AdamWSettings.of(1, 0))) {
                adam.step(1);
            }
            ema.update();
            // The weight went from 1 to 0; the first update has the decay 1 / 10.
            assertThat(Tensors.values(Tensors.at(ema.averages(), "w"))[0]).isCloseTo(0.1f, within(1e-6f));
        }
    }

    @Test
    void hundredsOfStepsLeaveNoNativeMemoryBehind() {
        var parameters = new LinkedHashMap<String, Tensor>();
        var random = new Random(2);
        for (int i = 0; i < 4; i++) {
            parameters.put("w" + i, Tensors.parameter(Tensors.random(random, 256 * 256, 0.1), 256, 256));
            parameters.put("b" + i, Tensors.parameter(Tensors.random(random, 256, 0.1), 256));
        }
        var groups = new ParameterGroup(
                "matrices",
                java.util.List.of("*"),
                ParameterRank.MATRICES,
                new MuonSettings(1e-3, 0.1, 0.95, 1, 0.2, MatrixPrecision.FP32));
        var rest = new ParameterGroup("rest", java.util.List.of("*"), ParameterRank.ANY, AdamWSettings.of(1e-3, 0));
        try (var optimizer = new ParameterGroups(parameters, java.util.List.of(groups, rest));
                var ema = new Ema(parameters, 0.99)) {
            var gradients = new float[256 * 256];
            java.util.Arrays.fill(gradients, 0.1f);
            long before = 0;
            for (int step = 0; step < 300; step++) {
                if (step == 50) {
                    before = Pointer.physicalBytes();
                }
                parameters.forEach((name, p) -> Tensors.setGradient(
                        p, name.startsWith("w") ? gradients : java.util.Arrays.copyOf(gradients, 256)));
                Gradients.clip(parameters, 1);
                optimizer.step(1);
                ema.update();
                Gradients.clear(parameters);
            }
            // A lost tensor of a matrix a step would be 250 × 256 KiB.
            assertThat(Pointer.physicalBytes() - before).isLessThan(40L << 20);
        }
    }
}
