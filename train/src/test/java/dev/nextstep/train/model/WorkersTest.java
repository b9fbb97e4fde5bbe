package dev.nextstep.train.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.torch.Compute;
import dev.nextstep.torch.ModelShapes;
import dev.nextstep.torch.StepWeights;
import dev.nextstep.torch.Tensors;
import dev.nextstep.torch.Weights;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Many workers learn what one learns. */
class WorkersTest {
    private static final int ROWS = 13;
    private static final MadeBatches MADE = new MadeBatches(ROWS, 12, 3);

    @RepeatedTest(6)
    void gradientsAndLossAddUpToThoseOfTheWholeBatch() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var config = MADE.config(16, 2);
        var batch = MADE.batch(random, random.nextBoolean());
        var draws = MADE.draws(random, batch);
        var settings = new ObjectiveSettings(
                0.5,
                1,
                random.nextBoolean() ? ObjectiveSettings.Weighting.PLAIN : ObjectiveSettings.Weighting.TOKEN_COUNT);
        var objective = new ModelObjective(config, settings);
        var shapes = ModelShapes.of(config);
        try (var whole = Weights.initialize(shapes, new ModelInitializer(config, 5));
                var shared = Weights.initialize(shapes, new ModelInitializer(config, 5));
                var workers = new Workers(shared, ROWS, 3);
                var _ = new PointerScope()) {
            var losses = objective.of(new StepWeights(whole, Compute.FP32), batch, draws);
            losses.total().backward();
            var counts = BatchCounts.of(batch, draws);
            // Twice, as when gradients are accumulated: the second time there are some already.
            for (int pass = 1; pass <= 2; pass++) {
                var totals = workers.all(ROWS, (weights, from, to) -> {
                    try (var _ = new PointerScope()) {
                        var part = objective.of(
                                new StepWeights(weights, Compute.FP32),
                                batch.rows(from, to),
                                draws.of(batch.learnedBefore(from), batch.learnedBefore(to)),
                                counts);
                        part.total().backward();
                        return (double) part.total().item_float();
                    }
                });
                assertThat(totals).hasSize(3);
                double sum = totals.stream().mapToDouble(d -> d).sum();
                assertThat(Math.abs(sum - losses.total().item_float()))
                        .as("loss, seed %d", seed)
                        .isLessThan(1e-5 * sum);
                for (var name : shapes.keySet()) {
                    var expected = whole.get(name).grad();
                    var actual = shared.get(name).grad();
                    assertThat(actual.defined()).as(name).isEqualTo(expected.defined());
                    if (expected.defined()) {
                        compare(name, seed, Tensors.toFloats(expected), Tensors.toFloats(actual), pass);
                    }
                }
            }
        }
    }

    private static void compare(String name, long seed, float[] expected, float[] actual, int times) {
        double norm = 1e-7;
        double difference = 0;
        for (int i = 0; i < expected.length; i++) {
            norm += expected[i] * (double) expected[i];
            difference += Math.pow(actual[i] / (double) times - expected[i], 2);
        }
        assertThat(Math.sqrt(difference / norm))
                .as("gradient of %s, seed %d", name, seed)
                .isLessThan(2e-5);
    }

    @Test
    void aFailureOfOneIsTheFailureOfAll() {
        var config = MADE.config(16, 2);
        try (var weights = Weights.initialize(ModelShapes.of(config), new ModelInitializer(config, 5));
                var workers = new Workers(weights, ROWS, 3)) {
            assertThatThrownBy(() -> workers.all(ROWS, (_, from, _) -> {
                        if (from > 0) {
                            throw new IllegalStateException("row " + from);
                        }
                        return from;
                    }))
                    .hasMessageStartingWith("row ");
        }
    }
}
