package dev.nextstep.train.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nextstep.torch.Compute;
import dev.nextstep.torch.Initializer;
import dev.nextstep.torch.ModelShapes;
import dev.nextstep.torch.StepWeights;
import dev.nextstep.torch.Tensors;
import dev.nextstep.torch.Weights;
import java.util.Arrays;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.RepeatedTest;

/** Blocks that are computed again have the gradients of blocks that are kept. */
class GradientCheckpointingTest {
    private static final MadeBatches MADE = new MadeBatches(6, 14, 2);

    @RepeatedTest(4)
    void gradientsAndLossesAreTheSame() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var config = MADE.config(16, 3);
        var batch = MADE.batch(random, random.nextBoolean());
        var draws = MADE.draws(random, batch);
        var counts = BatchCounts.of(batch, draws);
        var compute = random.nextBoolean() ? Compute.FP32 : Compute.BF16_MIXED;
        var objective = new ModelObjective(config, ObjectiveSettings.standard());
        var shapes = ModelShapes.of(config);
        // None that starts at zero, which would hide wrong gradients of what comes before.
        Initializer initializer = (name, shape) -> values(name, shape, seed);
        try (var kept = Weights.initialize(shapes, initializer);
                var again = Weights.initialize(shapes, initializer);
                var _ = new PointerScope()) {
            // Twice, as when gradients are accumulated.
            for (int part = 0; part < 2; part++) {
                var a = objective.learn(
                        new StepWeights(kept, compute), batch, draws, counts, 0.5, GradientCheckpointing.NONE);
                var b = objective.learn(
                        new StepWeights(again, compute), batch, draws, counts, 0.5, GradientCheckpointing.BLOCKS);
                assertThat(b.total().item_float()).isEqualTo(a.total().item_float());
                assertThat(b.image().orElseThrow().item_float())
                        .isEqualTo(a.image().orElseThrow().item_float());
                assertThat(b.text().orElseThrow().item_float())
                        .isEqualTo(a.text().orElseThrow().item_float());
            }
            for (var name : shapes.keySet()) {
                var expected = Tensors.toFloats(kept.get(name).grad());
                var actual = Tensors.toFloats(again.get(name).grad());
                if (name.startsWith("layers.")) { // nothing may follow an image token, but blocks always learn
                    assertThat(norm(expected))
                            .as("gradient of %s, seed %d", name, seed)
                            .isPositive();
                }
                assertThat(norm(difference(expected, actual)))
                        .as("gradient of %s in %s, seed %d", name, compute, seed)
                        .isLessThanOrEqualTo(1e-6 * norm(expected));
            }
        }
    }

    private static float[] values(String name, long[] shape, long seed) {
        var random = new Random(seed + name.hashCode());
        var values = new float[Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact))];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian() * 0.2f;
        }
        return values;
    }

    private static double norm(float[] values) {
        double sum = 0;
        for (float v : values) {
            sum += v * (double) v;
        }
        return Math.sqrt(sum);
    }

    private static float[] difference(float[] expected, float[] actual) {
        var difference = new float[expected.length];
        for (int i = 0; i < difference.length; i++) {
            difference[i] = actual[i] - expected[i];
        }
        return difference;
    }
}
