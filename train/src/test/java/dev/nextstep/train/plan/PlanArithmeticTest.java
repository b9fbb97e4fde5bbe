package dev.nextstep.train.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nextstep.checkpoint.ModelConfig;
import dev.nextstep.checkpoint.VaeConfig;
import dev.nextstep.torch.Compute;
import dev.nextstep.torch.ModelShapes;
import dev.nextstep.train.model.GradientCheckpointing;
import dev.nextstep.train.optim.AdamWSettings;
import dev.nextstep.train.optim.MuonSettings;
import dev.nextstep.train.optim.ParameterGroup;
import dev.nextstep.train.optim.ParameterRank;
import dev.nextstep.train.recipe.ModelShape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The arithmetic of plans against numbers worked out by hand. */
class PlanArithmeticTest {
    private static final ModelConfig RELEASED =
            PlannedModel.config(ModelShape.released(), 152_064, PlannedModel.RELEASED_VAE);

    /** hidden 8, 2 layers, 2 heads of 4, one of keys, MLP 16, flow head of width 8 with one block, tokens of 16, 64 ids. */
    private static final ModelConfig SMALL =
            PlannedModel.config(new ModelShape(8, 2, 2, 1, 4, 16, 8, 1, 2, 64, 1e4), 64, vae(32, List.of(1, 1), 1, 4));

    private static VaeConfig vae(int channels, List<Integer> multipliers, int blocks, int latent) {
        return new VaeConfig(3, 3, channels, multipliers, blocks, latent, 1, 0, true, true, OptionalInt.of(1));
    }

    /** Spec §2.2 and §15. */
    @Test
    void parametersOfTheReleasedModel() {
        var counts = ParameterCounts.of(RELEASED);
        assertThat(counts.total()).isEqualTo(14_953_814_080L);
        assertThat(counts.parts())
                .containsEntry("flow head", 157_228_096L)
                .containsEntry("projectors", 332_800L + 26_219_520L)
                .containsEntry("embedding", 152_064L * 5120)
                .containsEntry("LM head", 152_064L * 5120)
                .containsEntry("transformer", 14_770_033_664L - 2 * 152_064L * 5120);
        assertThat(ParameterCounts.of(PlannedModel.RELEASED_VAE).total()).isEqualTo(83_819_683L);
    }

    @Test
    void operationsOfASmallStep() {
        var tokens = new StepTokens(10, 5, 4, 3, 2, 1, 1);
        var flops = StepFlops.of(SMALL, tokens, 3, GradientCheckpointing.BLOCKS, 7, 11);
        // q and o: 2·8·8, k and v: 2·4·8, MLP: 3·8·16; 576 in all
        assertThat(flops.transformer()).isEqualTo(6 * 2 * 576 * 10);
        // forward 2·(2·5·8) a place and layer, three times that with backward
        assertThat(flops.attention()).isEqualTo(12 * 2 * 8 * 5 * 10);
        assertThat(flops.lmHead()).isEqualTo(6 * 64 * 8 * 4);
        assertThat(flops.projectors()).isEqualTo(4 * 16 * 8 * 3 + 6 * 8 * 8 * 2);
        // time 256·8 + 8·8, ends 2·16·8, block 5·8·8, last modulation 2·8·8; the condition's 8·8 once for all copies
        assertThat(flops.flowHead()).isEqualTo(6 * ((2048 + 64 + 256 + 320 + 128) * 3 + 64) * 2);
        assertThat(flops.recomputed()).isEqualTo((69_120 + 9_600) / 3.0);
        assertThat(flops.total()).isEqualTo(69_120 + 9_600 + 12_288 + 2_304 + 102_144 + 26_240 + 7 + 11);
        assertThat(StepFlops.of(SMALL, tokens, 3, GradientCheckpointing.NONE, 7, 11)
                        .recomputed())
                .isZero();
    }

    /** Six operations for each number of every matrix that a token goes through: the formulas leave none out. */
    @Test
    void everyMatrixOfTheReleasedModelIsCounted() {
        double matrices = 0;
        for (var weight : ModelShapes.of(RELEASED).entrySet()) {
            boolean once = weight.getKey().startsWith("embed_tokens");
            matrices += weight.getValue().length == 2 && !once ? ParameterCounts.elements(weight.getValue()) : 0;
        }
        var flops = StepFlops.of(RELEASED, new StepTokens(1, 0, 1, 1, 1, 1, 1), 1, GradientCheckpointing.NONE, 0, 0);
        double projectorSaves = 2.0 * 64 * 5120; // nothing goes back into image tokens
        assertThat(flops.total() + projectorSaves).isCloseTo(6 * matrices, within(1.0));
    }

    /** Convolutions of 9 taps at 8 × 8, then 4 × 4 pixels. */
    @Test
    void operationsOfATokenizer() {
        var cost = TokenizerCost.of(vae(32, List.of(1, 1), 1, 4), 8);
        double in = 2.0 * 9 * 3 * 32 * 64;
        double large = 2.0 * 9 * 32 * 32 * 64;
        double small = 2.0 * 9 * 32 * 32 * 16;
        double middle = 4 * small + 4 * (2.0 * 32 * 32 * 16) + 4.0 * 32 * 16 * 16;
        assertThat(cost.encoderFlops()).isEqualTo(in + 2 * large + small + 2 * small + middle + 2.0 * 9 * 32 * 8 * 16);
        assertThat(cost.decoderFlops())
                .isEqualTo(2.0 * 9 * 4 * 32 * 16
                        + middle
                        + 4 * small
                        + large // after doubling
                        + 4 * large
                        + 2.0 * 9 * 32 * 3 * 64);
        // Four times the pixels, and attention that grows faster.
        assertThat(TokenizerCost.of(PlannedModel.RELEASED_VAE, 512).encoderFlops()
                        / TokenizerCost.of(PlannedModel.RELEASED_VAE, 256).encoderFlops())
                .isBetween(4.0, 4.5);
    }

    @Test
    void optimizers() {
        var shapes = new LinkedHashMap<String, long[]>();
        shapes.put("a.weight", new long[] {4, 6});
        shapes.put("b.weight", new long[] {4, 6});
        shapes.put("c.weight", new long[] {6, 2, 1, 2});
        shapes.put("a.bias", new long[] {4});
        var groups = List.of(
                new ParameterGroup("m", List.of("*"), ParameterRank.MATRICES, MuonSettings.of(0.01, 0)),
                new ParameterGroup("v", List.of("*"), ParameterRank.ANY, AdamWSettings.of(0.01, 0)));
        var cost = OptimizerCost.of(shapes, groups);
        assertThat(cost.adamw()).isEqualTo(4);
        assertThat(cost.muon()).isEqualTo(24 + 24 + 24);
        assertThat(cost.states()).isEqualTo(4 * 2 * 4 + 4 * 72);
        // Five times 2·4·4·6 + 2·4·4·4 + 2·4·4·6 for each of three matrices of 4 × 6.
        assertThat(cost.flops()).isEqualTo(3 * 5 * (192 + 128 + 192));
        // All updates, and four stacks in fp32 of the two matrices of one shape.
        assertThat(cost.workspace()).isEqualTo(4 * 72 + 4 * 4 * 48);
    }

    /** 4 heads' worth of places, by hand for one token. */
    @Test
    void activationsOfOneToken() {
        var one = new StepTokens(1, 5, 0, 0, 0, 0, 0);
        var plain = ActivationMemory.of(SMALL, one, 0, 3, Compute.FP32, AttentionKernel.PRODUCTS);
        // Norms 2·3·8; queries and mixture 2·8, keys and values 2·4, shares 2·5, MLP 4·16: 146 numbers of 4 bytes, two
        // layers.
        assertThat(plain.blocks()).isEqualTo(2 * 4 * (48 + 16 + 8 + 10 + 64) + 3 * 4 * 8);
        assertThat(plain.blockInputs()).isEqualTo(2 * 4 * 8 + 3 * 4 * 8);
        var fused = ActivationMemory.of(SMALL, one, 0, 3, Compute.FP32, AttentionKernel.FUSED);
        assertThat(plain.blocks() - fused.blocks()).isEqualTo(2 * 4 * 10);
        // bf16: norms keep their fp32 inputs and values, and what products read in two bytes.
        var half = ActivationMemory.of(SMALL, one, 0, 3, Compute.BF16_MIXED, AttentionKernel.PRODUCTS);
        assertThat(half.blocks()).isEqualTo(2 * (2 * 10 * 8 + 2 * (16 + 8 + 10 + 64)) + 3 * 4 * 8);
    }

    private static TrainingPlan plan(int parts, Devices devices) {
        var memory = new DeviceMemory(100, 50, 5, 100, 200, 0, 7, 1000, 300, 40, 3);
        return new TrainingPlan(
                "transformer",
                ParameterCounts.of(SMALL),
                Optional.empty(),
                parts,
                new StepTokens(1000, 10, 0, 0, 0, 0, 0),
                new StepFlops(8e12, 0, 0, 0, 0, 0, 0, 1e12),
                OptionalDouble.of(86_400),
                memory,
                GradientCheckpointing.NONE,
                devices,
                List.of());
    }

    @Test
    void daysAndMemory() {
        var two = new Devices(2, OptionalDouble.empty(), 4e12, 0.5, AttentionKernel.FUSED, 1);
        // 8e12 in four parts, two of them on a device, and the optimiser on each: 5e12 at 2e12 a second.
        assertThat(plan(4, two).stepSeconds()).isEqualTo(2.5);
        assertThat(plan(4, two).days()).hasValue(2.5);
        assertThat(plan(4, two).tokens()).hasValue(8.64e7);
        assertThat(plan(4, two).totalFlops()).hasValue(86_400 * 9e12);
        // Three parts keep one device waiting.
        assertThat(plan(3, two).stepSeconds()).isCloseTo((8e12 * 2 / 3 + 1e12) / 2e12, within(1e-9));

        var memory = plan(4, two).memory();
        assertThat(memory.peak(GradientCheckpointing.NONE, Sharding.NONE, 2))
                .isEqualTo(100 + 100 + 200 + 7 + 3 + 50 + 1000);
        assertThat(memory.peak(GradientCheckpointing.BLOCKS, Sharding.NONE, 2))
                .isEqualTo(100 + 100 + 200 + 7 + 3 + 5 + 300);
        assertThat(memory.peak(GradientCheckpointing.BLOCKS, Sharding.STATES, 2))
                .isEqualTo(100 + 50 + 100 + 7 + 3 + 5 + 300);
        assertThat(memory.peak(GradientCheckpointing.NONE, Sharding.WEIGHTS, 2))
                .isEqualTo(50 + 50 + 100 + 7 + 3 + 25 + 1000);
    }
}
