package dev.nextstep.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.checkpoint.ModelDirectory;
import dev.nextstep.kernel.ThreadTeam;
import dev.nextstep.tensor.Precision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Guidance whose unconditional velocity is computed now and then. */
class HeldGuidanceTest {
    private static final Path MODEL = Path.of(System.getProperty("project.root"), "models/emoji");

    @Test
    void differencesStayBetweenEvaluations() {
        var held = new HeldGuidance(3);
        assertThat(held.rows(0, 2)).isEqualTo(2);
        assertThat(held.rows(1, 2)).isEqualTo(1);
        assertThat(held.rows(2, 2)).isEqualTo(1);
        assertThat(held.rows(3, 2)).isEqualTo(2);
        assertThat(held.complete(new float[] {5, 7, 4, 9}, 2, 2)).containsExactly(5, 7, 4, 9);
        assertThat(held.complete(new float[] {1, 1}, 2, 2)).containsExactly(1, 1, 0, 3);
        assertThat(held.complete(new float[] {2, 8, 2, 7}, 2, 2)).containsExactly(2, 8, 2, 7);
        assertThat(held.complete(new float[] {0, 0}, 2, 2)).containsExactly(0, 0, 0, -1);
    }

    @Test
    void threeRowsHoldTwoDifferences() {
        var held = new HeldGuidance(2);
        held.complete(new float[] {5, 4, 2}, 3, 1);
        assertThat(held.complete(new float[] {9}, 3, 1)).containsExactly(9, 8, 6);
    }

    /** The rows that guidance sees at each evaluation: fresh where they are due, else with the last fresh difference. */
    @Test
    void isWhatTheSamplerCombines() {
        try (var model = ModelDirectory.open(MODEL);
                var team = ThreadTeam.of(1)) {
            var head = new FlowHead(model.config(), model.tensors(), Precision.FP32);
            var guidance = new Guidance(4, 1, GuidanceSchedule.CONSTANT, Guidance.NormLimit.OFF, 3);
            var way = new TokenSampler(team, head, FlowOde.EULER, 8, 1, guidance);
            var random = new Random(5);
            var conditions = new float[2 * model.config().hiddenSize()];
            for (int i = 0; i < conditions.length; i++) {
                conditions[i] = (float) random.nextGaussian();
            }
            int dim = head.tokenDim();
            List<float[]> seen = new ArrayList<>();
            way.sample(
                    team,
                    conditions,
                    1,
                    2,
                    0,
                    1,
                    (draw, target) -> {
                        for (int i = 0; i < target.length; i++) {
                            target[i] = (float) random.nextGaussian();
                        }
                    },
                    (evaluation, x, rows, guided) -> seen.add(rows));
            assertThat(seen).hasSize(8);
            for (int e = 0; e < 8; e++) {
                float[] now = seen.get(e);
                float[] due = seen.get(e / 3 * 3);
                boolean isSame = true;
                for (int k = 0; k < dim; k++) {
                    float difference = due[k] - due[dim + k];
                    assertThat(now[k] - now[dim + k]).isCloseTo(difference, Offset.offset(1e-5f));
                    isSame &= e == 0 || Math.abs(now[k] - seen.get(e - 1)[k]) < 1e-7f;
                }
                assertThat(isSame)
                        .as("the conditional velocity is new at %d", e)
                        .isEqualTo(e == 0);
            }
            assertThat(seen.get(3)[0] - seen.get(3)[dim]).isNotEqualTo(seen.get(0)[0] - seen.get(0)[dim]);
        }
    }

    @Test
    void saysWhatIsAllowed() {
        for (int every : new int[] {0, -1, 1001}) {
            assertThatThrownBy(() -> new Guidance(4, 1, GuidanceSchedule.CONSTANT, Guidance.NormLimit.OFF, every))
                    .hasMessageContaining("every 1 to 1000");
        }
    }
}
