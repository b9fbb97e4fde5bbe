package dev.nextstep.train.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nextstep.torch.Compute;
import dev.nextstep.torch.ModelShapes;
import dev.nextstep.torch.StepWeights;
import dev.nextstep.torch.Weights;
import dev.nextstep.train.model.GradientCheckpointing;
import dev.nextstep.train.model.MadeBatches;
import dev.nextstep.train.model.ModelInitializer;
import dev.nextstep.train.model.ModelObjective;
import dev.nextstep.train.model.ObjectiveSettings;
import dev.nextstep.train.testing.NativeMemory;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a plan says about activations against what a step takes. */
class ActivationMemoryTest {
    private static final MadeBatches MADE = new MadeBatches(16, 128, 4);
    private static final double FACTOR = 1.5;

    @BeforeAll
    static void oneThread() {
        torch.set_num_threads(1);
    }

    @ParameterizedTest
    @EnumSource
    void isWhatAStepTakes(Compute compute) throws IOException {
        var random = new Random(1);
        var config = MADE.config(128, 6);
        var batch = MADE.batch(random, true);
        var draws = MADE.draws(random, batch);
        var objective = new ModelObjective(config, ObjectiveSettings.standard());
        try (var weights = Weights.initialize(ModelShapes.of(config), new ModelInitializer(config, 5))) {
            var text = new int[1];
            var measured = new EnumMap<GradientCheckpointing, Double>(GradientCheckpointing.class);
            for (var checkpointing : GradientCheckpointing.values()) {
                measured.put(checkpointing, NativeMemory.peak(() -> {
                    try (var _ = new PointerScope()) {
                        text[0] = objective
                                .learn(new StepWeights(weights, compute), batch, draws, checkpointing)
                                .textTokens();
                    }
                }));
            }
            var tokens = new StepTokens(
                    batch.tokens(), batch.length(), text[0], batch.slots().length, batch.learned().length, 0, 0);
            var planned =
                    ActivationMemory.of(config, tokens, batch.rows(), MADE.copies(), compute, AttentionKernel.PRODUCTS);
            double kept = measured.getOrDefault(GradientCheckpointing.NONE, Double.NaN);
            double again = measured.getOrDefault(GradientCheckpointing.BLOCKS, Double.NaN);
            assertThat(kept).as("kept").isBetween(planned.peak() / FACTOR, planned.peak() * FACTOR);
            assertThat(again)
                    .as("computed again")
                    .isBetween(planned.recomputedPeak() / FACTOR, planned.recomputedPeak() * FACTOR);
            assertThat(again).isLessThan(kept / 2);
        }
    }
}
