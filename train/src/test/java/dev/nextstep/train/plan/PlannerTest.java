package dev.nextstep.train.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nextstep.train.recipe.RecipeReader;
import dev.nextstep.train.run.RunException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Plans of recipes, without data and without models. */
class PlannerTest {
    private static final Path RECIPES = Path.of(System.getProperty("project.root", ".."), "recipes");
    private static final Devices GPUS = new Devices(375, OptionalDouble.of(80e9), 1e15, 0.4, AttentionKernel.FUSED, 1);
    private static final Devices ONE = new Devices(1, OptionalDouble.empty(), 1e12, 0.5, AttentionKernel.PRODUCTS, 2);

    private static TrainingPlan plan(String text, Devices devices) {
        return Planner.plan(RecipeReader.read(text, "r.yaml"), devices, 10);
    }

    @Test
    void firstStageOfThePaper() {
        var plan = plan(RecipeReader.text(RECIPES.resolve("paper/stage1.yaml"), Map.of()), GPUS);
        double n = 14_953_814_080.0;
        assertThat(plan.parameters().total()).isEqualTo((long) n);
        assertThat(plan.imageTokenizer().orElseThrow().total()).isEqualTo(83_819_683L);
        assertThat(plan.step().positions()).isEqualTo(375 * 16_384);
        assertThat(plan.steps()).hasValue(200_000);
        assertThat(plan.tokens().orElseThrow()).isCloseTo(1.23e12, within(0.01e12));
        // 13.2 G of matrices in the blocks, six operations each.
        assertThat(plan.flops().transformer() / plan.step().positions()).isCloseTo(6 * 13.212e9, within(0.01e9));
        assertThat(plan.memory().weights()).isEqualTo(4 * n);
        assertThat(plan.memory().gradients()).isEqualTo(4 * n);
        assertThat(plan.memory().optimizerStates()).isEqualTo(8 * n);
        assertThat(plan.memory().average()).isZero();
        assertThat(plan.memory().optimizerWorkspace()).isZero();
        // One part on each device.
        assertThat(plan.stepSeconds()).isCloseTo(plan.flops().total() / 375 / 0.4e15, within(1e-9));
        assertThat(plan.assumptions()).anyMatch(a -> a.startsWith("models/Qwen2.5-14B is not there"));
    }

    private static final String SMALL = """
            kind: transformer
            precision: fp32
            image_tokenizer: nowhere
            vocabulary: 512
            shape: {hidden: 16, layers: 1, heads: 2, kv_heads: 1, head_dim: 8, mlp: 32, flow_width: 16, flow_layers: 1}
            data:
              train:
                - {folder: nowhere, kind: image_text_pair, weight: 2}
                - {folder: nowhere, kind: image_editing, weight: 1, area: 64}
                - {folder: nowhere, kind: nlp, weight: 1}
            rows: {length: 64, count: 4, area: 32}
            optimizer:
              ema: 0.9
              accumulation: 3
              groups: [{name: all, parameters: ["*"], adamw: {learning_rate: 1e-3}}]
            schedule: {}
            """;

    @Test
    void rowsHoldWhatFits() {
        var plan = plan(SMALL + "stop: {steps: 10}\n", ONE);
        // A pair has 10 + (4 + 8) + 1 places, two in a row; an edit 10 + 2 · (16 + 8) + 1, one in a row.
        assertThat(plan.step().positions()).isEqualTo(3 * 4 * 64);
        assertThat(plan.step().rowLength()).isEqualTo(64);
        assertThat(plan.step().image()).isEqualTo(12 * (0.5 * 2 * 4 + 0.25 * 2 * 16));
        assertThat(plan.step().learned()).isEqualTo(12 * (0.5 * 2 * 4 + 0.25 * 16));
        assertThat(plan.step().text()).isEqualTo(12 * (0.5 * 2 * 18 + 0.25 * 25 + 0.25 * 64));
        assertThat(plan.step().pictures()).isEqualTo(12 * (0.5 * 2 + 0.25 * 2));
        assertThat(plan.memory().average()).isEqualTo(4.0 * plan.parameters().total());
        // Two workers with gradients of their own.
        assertThat(plan.memory().gradients()).isEqualTo(8.0 * plan.parameters().total());
        assertThat(plan.memory().rounded()).isZero();
        // The embedding has rows in multiples of 64.
        assertThat(plan.parameters().parts()).containsEntry("embedding", 512L * 16);
    }

    @Test
    void endsOfAStage() {
        var byClock = plan(SMALL + "stop: {hours: 1}\n", ONE);
        assertThat(byClock.steps()).hasValue(Math.floor(3600 / byClock.stepSeconds()));
        assertThat(plan(SMALL + "stop: {steps: 7, hours: 1000}\n", ONE).steps()).hasValue(7);
        var byData = plan(SMALL + "stop: {epochs: 2}\n", ONE);
        assertThat(byData.steps()).isEmpty();
        assertThat(byData.days()).isEmpty();
        assertThat(byData.assumptions()).anyMatch(a -> a.contains("length is unknown"));
    }

    @Test
    void aModelThatIsNotThereNeedsItsSizes() {
        String text = SMALL.replace("image_tokenizer: nowhere", "from: nowhere").replace("vocabulary: 512\n", "");
        assertThatThrownBy(() -> plan(text + "stop: {steps: 1}\n", ONE))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("nowhere is not there")
                .hasMessageContaining("'vocabulary'");
    }

    @Test
    void tokenizers() {
        var plan = plan(RecipeReader.text(RECIPES.resolve("paper/tokenizer.yaml"), Map.of()), GPUS);
        assertThat(plan.parameters().total()).isEqualTo(83_819_683L);
        assertThat(plan.step().pictures()).isEqualTo(512);
        var cost = TokenizerCost.of(PlannedModel.RELEASED_VAE, 256);
        assertThat(plan.flops().imageTokenizer()).isEqualTo(3 * 512 * (cost.encoderFlops() + cost.decoderFlops()));
        assertThat(plan.imageTokenizer()).isEmpty();
    }
}
