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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a plan says about activations against what a step takes. A process of its own takes it: in one that has run other
 * tests, memory that they gave back is taken again without being seen, and their heap grows meanwhile.
 */
class ActivationMemoryTest {
    private static final MadeBatches MADE = new MadeBatches(16, 128, 4);
    private static final double FACTOR = 1.5;
    private static final String PEAK = "peak of a step: ";

    @ParameterizedTest
    @EnumSource
    void isWhatAStepTakes(Compute compute) throws IOException, InterruptedException {
        var config = MADE.config(128, 6);
        var batch = MADE.batch(new Random(1), true);
        int text = 0;
        try (var weights = Weights.initialize(ModelShapes.of(config), new ModelInitializer(config, 5));
                var _ = new PointerScope()) {
            text = new ModelObjective(config, ObjectiveSettings.standard())
                    .of(new StepWeights(weights, compute), batch, MADE.draws(new Random(2), batch))
                    .textTokens();
        }
        var tokens = new StepTokens(
                batch.tokens(), batch.length(), text, batch.slots().length, batch.learned().length, 0, 0);
        var planned =
                ActivationMemory.of(config, tokens, batch.rows(), MADE.copies(), compute, AttentionKernel.PRODUCTS);
        double kept = measured(compute, GradientCheckpointing.NONE);
        double again = measured(compute, GradientCheckpointing.BLOCKS);
        assertThat(kept).as("kept").isBetween(planned.peak() / FACTOR, planned.peak() * FACTOR);
        assertThat(again)
                .as("computed again")
                .isBetween(planned.recomputedPeak() / FACTOR, planned.recomputedPeak() * FACTOR);
        assertThat(again).isLessThan(kept / 2);
    }

    private static double measured(Compute compute, GradientCheckpointing checkpointing)
            throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "--add-modules=jdk.incubator.vector",
                        "-Dorg.bytedeco.openblas.load=mkl",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ActivationMemoryTest.class.getName(),
                        compute.name(),
                        checkpointing.name())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        Assumptions.assumeFalse(said.contains("TestAbortedException"), said);
        return said.lines()
                .filter(line -> line.startsWith(PEAK))
                .mapToDouble(line -> Double.parseDouble(line.substring(PEAK.length())))
                .findFirst()
                .orElseThrow(() -> new AssertionError(said));
    }

    /** Measures in this process: number format and checkpointing. */
    public static void main(String[] args) throws IOException {
        torch.set_num_threads(1);
        var random = new Random(1);
        var config = MADE.config(128, 6);
        var batch = MADE.batch(random, true);
        var draws = MADE.draws(random, batch);
        var objective = new ModelObjective(config, ObjectiveSettings.standard());
        try (var weights = Weights.initialize(ModelShapes.of(config), new ModelInitializer(config, 5))) {
            System.out.println(PEAK
                    + NativeMemory.peak(() -> {
                        try (var _ = new PointerScope()) {
                            objective.learn(
                                    new StepWeights(weights, Compute.valueOf(args[0])),
                                    batch,
                                    draws,
                                    GradientCheckpointing.valueOf(args[1]));
                        }
                    }));
        }
    }
}
