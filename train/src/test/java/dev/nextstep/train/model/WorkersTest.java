package dev.nextstep.train.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.checkpoint.ModelConfig;
import dev.nextstep.data.vocabulary.VocabularyIds;
import dev.nextstep.prompt.SpecialTokens;
import dev.nextstep.torch.Compute;
import dev.nextstep.torch.ModelShapes;
import dev.nextstep.torch.StepWeights;
import dev.nextstep.torch.Tensors;
import dev.nextstep.torch.Weights;
import dev.nextstep.train.recipe.ModelShape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Many workers learn what one learns. */
class WorkersTest {
    private static final int VOCABULARY = 128;
    private static final int ROWS = 13;
    private static final int LENGTH = 12;
    private static final int COPIES = 3;
    private static final SpecialTokens SPECIAL = new SpecialTokens(1, 2, 3, 4, 5, 6, OptionalInt.empty());

    private static ModelConfig config() {
        String json = new ModelShape(16, 2, 2, 1, 8, 32, 16, 1, 2, 64, 1e4)
                .configJson(new VocabularyIds(VOCABULARY, SPECIAL), 4, COPIES, 0.5, 1);
        return ModelConfig.parse(Path.of("test"), json);
    }

    /** Rows with nothing, text, pictures or both. */
    private static TrainingBatch batch(Random random, int width, boolean segmented) {
        var ids = random.longs((long) ROWS * LENGTH, 10, VOCABULARY).toArray();
        var labels = new long[ids.length];
        var segments = new int[segmented ? ids.length : 0];
        var slots = new ArrayList<Integer>();
        var learned = new ArrayList<Integer>();
        for (int i = 0; i < ids.length; i++) {
            int kind = i / LENGTH % 4;
            boolean image = kind >= 2 && i % LENGTH > 4 && random.nextBoolean();
            labels[i] = kind % 2 == 1 ? ids[i] : TrainingBatch.IGNORED;
            if (segmented) {
                segments[i] = i / 6;
            }
            if (image) {
                if (random.nextInt(3) > 0) {
                    learned.add(slots.size());
                }
                slots.add(i);
            }
        }
        var values = new float[slots.size() * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return new TrainingBatch(
                ROWS, LENGTH, ids, labels, ints(slots), values, values.clone(), ints(learned), segments);
    }

    private static int[] ints(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    private static FlowDraws draws(Random random, TrainingBatch batch, int width) {
        int n = batch.learned().length * COPIES;
        var noise = new float[n * width];
        var logits = new float[n];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) random.nextGaussian();
        }
        for (int i = 0; i < n; i++) {
            logits[i] = (float) random.nextGaussian();
        }
        return new FlowDraws(
                IntStream.range(0, n).map(i -> i % batch.learned().length).toArray(), noise, logits);
    }

    @RepeatedTest(6)
    void gradientsAndLossAddUpToThoseOfTheWholeBatch() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var config = config();
        int width = config.tokenDimension();
        var batch = batch(random, width, random.nextBoolean());
        var draws = draws(random, batch, width);
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
        var config = config();
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
