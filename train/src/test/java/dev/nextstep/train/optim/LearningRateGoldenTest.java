package dev.nextstep.train.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nextstep.train.testing.Golden;
import org.junit.jupiter.api.Test;

/** Learning rates against those of the official schedules. */
class LearningRateGoldenTest {

    @Test
    void followsTheOfficialSchedules() {
        var cases =
                Golden.json(Golden.file("feb/schedules", "learning_rate.json")).get("cases");
        assertThat(cases).isNotEmpty();
        for (var golden : cases) {
            check(golden);
        }
    }

    private static void check(JsonNode golden) {
        double base = golden.get("base_lr").asDouble();
        long total = golden.get("total").asLong();
        var schedule = new LearningRate(golden.get("warmup").asLong(), decay(golden, base));
        for (int i = 0; i < golden.get("steps").size(); i++) {
            long step = golden.get("steps").get(i).asLong();
            double expected = golden.get("lr").get(i).asDouble();
            if (step > total && golden.get("kind").asText().equals("cosine")) {
                // The official cosine rises again past its end; ours stays.
                assertThat(schedule.atStep(step, total)).isEqualTo(schedule.atStep(total, total));
                continue;
            }
            assertThat(base * schedule.atStep(step, total))
                    .as("%s, step %d", golden, step)
                    .isCloseTo(expected, within(1e-12 * expected));
        }
    }

    private static Decay decay(JsonNode golden, double base) {
        return switch (golden.get("kind").asText()) {
            case "constant", "constant_with_warmup" -> new Decay.Constant();
            case "cosine" ->
                new Decay.Cosine(
                        golden.get("scale_lr").asDouble(),
                        golden.get("num_cycles").asDouble());
            case "cosine_with_restarts" ->
                new Decay.CosineWithRestarts(golden.get("num_cycles").asDouble());
            case "linear" -> new Decay.Linear();
            case "polynomial" ->
                new Decay.Polynomial(
                        golden.get("lr_end").asDouble() / base,
                        golden.get("power").asDouble());
            case "inverse_sqrt" ->
                new Decay.InverseSquareRoot(golden.get("timescale").asDouble());
            default -> throw new AssertionError("unknown schedule " + golden);
        };
    }
}
