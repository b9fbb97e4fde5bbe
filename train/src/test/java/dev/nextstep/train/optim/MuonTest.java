package dev.nextstep.train.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MuonTest {

    @ParameterizedTest
    @CsvSource({"FP32, 2e-5", "BF16, 4e-2"})
    void stepsAsTheFormulasSay(MatrixPrecision products, float tolerance) {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        var settings = MuonSettings.of(0.02, 0.1).withProducts(products);
        int[][] sizes = {{5, 9}, {9, 5}, {5, 9}, {6, 6}, {3, 12}};
        var parameters = new LinkedHashMap<String, Tensor>();
        var weights = new double[sizes.length][][];
        var references = new ReferenceMuon[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            int rows = sizes[i][0];
            int columns = sizes[i][1];
            float[] values = Tensors.random(random, rows * columns, 0.5);
            // The last is a convolution of 3 channels, 3 × 2 × 2 inputs each.
            long[] shape = i == 4 ? new long[] {3, 3, 2, 2} : new long[] {rows, columns};
            parameters.put("p" + i, Tensors.parameter(values, shape));
            weights[i] = ReferenceMuon.rows(values, rows, columns);
            references[i] = new ReferenceMuon(rows, columns, settings);
        }
        try (var muon = new Muon(parameters, settings)) {
            for (int step = 0; step < 4; step++) {
                double factor = 1 - 0.2 * step;
                for (int i = 0; i < sizes.length; i++) {
                    if (step == 2 && i == 2) {
                        continue; // No gradient: neither weight nor momentum may change.
                    }
                    float[] gradient = Tensors.random(random, sizes[i][0] * sizes[i][1], 0.1);
                    Tensors.setGradient(Tensors.at(parameters, "p" + i), gradient);
                    references[i].step(weights[i], ReferenceMuon.rows(gradient, sizes[i][0], sizes[i][1]), factor);
                }
                muon.step(factor);
                Gradients.clear(parameters);
            }
        }
        for (int i = 0; i < sizes.length; i++) {
            float[] actual = Tensors.values(Tensors.at(parameters, "p" + i));
            for (int k = 0; k < actual.length; k++) {
                assertThat((double) actual[k])
                        .as("seed %d, matrix %d, element %d", seed, i, k)
                        .isCloseTo(weights[i][k / sizes[i][1]][k % sizes[i][1]], within(tolerance));
            }
        }
    }

    private static org.assertj.core.data.Offset<Double> within(float tolerance) {
        return org.assertj.core.data.Offset.offset((double) tolerance);
    }

    @Test
    void anUpdateIsNearlyOrthogonal() {
        var random = new Random(3);
        var parameters = new LinkedHashMap<>(Map.of("w", Tensors.parameter(new float[40 * 25], 40, 25)));
        var settings = new MuonSettings(1, 0, 0.95, 5, 1 / Math.sqrt(40.0), MatrixPrecision.FP32);
        try (var muon = new Muon(parameters, settings)) {
            Tensors.setGradient(Tensors.at(parameters, "w"), Tensors.random(random, 40 * 25, 1e-4));
            muon.step(1);
        }
        var update = ReferenceMuon.rows(Tensors.values(Tensors.at(parameters, "w")), 40, 25);
        var gram = ReferenceMuon.product(ReferenceMuon.transposed(update), update);
        for (int i = 0; i < 25; i++) {
            assertThat(gram[i][i]).isBetween(0.4, 1.5);
            for (int j = 0; j < i; j++) {
                assertThat(gram[i][j]).isBetween(-0.3, 0.3);
            }
        }
    }

    @Test
    void aGradientOfZeroOnlyDecays() {
        var parameters = new LinkedHashMap<>(Map.of("w", Tensors.parameter(new float[] {1, 2, 3, 4}, 2, 2)));
        try (var muon = new Muon(parameters, MuonSettings.of(0.1, 0.5))) {
            Tensors.setGradient(Tensors.at(parameters, "w"), new float[4]);
            muon.step(1);
        }
        assertThat(Tensors.values(Tensors.at(parameters, "w"))).containsExactly(0.95f, 1.9f, 2.85f, 3.8f);
    }

    @Test
    void refusesVectors() {
        var parameters = new LinkedHashMap<>(Map.of("norm.weight", Tensors.parameter(new float[3], 3)));
        assertThatThrownBy(() -> new Muon(parameters, MuonSettings.of(0.1, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("norm.weight")
                .hasMessageContaining("[3]");
    }
}
