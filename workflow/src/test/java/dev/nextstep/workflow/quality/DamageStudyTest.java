package dev.nextstep.workflow.quality;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nextstep.NextStep;
import dev.nextstep.engine.Cancellation;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DamageStudyTest {
    @Test
    void theStandingMeasureSeesWhatThePublishedOneDoesNot() {
        try (var model = NextStep.open(Path.of(System.getProperty("project.root"), "models", "emoji"))) {
            var steps = new AtomicInteger();
            var found = new DamageStudy(model, new Cancellation())
                    .run(
                            List.of("a red heart", "pizza, flat style", "a cat", "penguin, twemoji style"),
                            4,
                            1,
                            steps::incrementAndGet);
            assertThat(steps).hasValue(DamageStudy.steps(4));
            assertThat(found.examples())
                    .hasSize(11)
                    .allSatisfy((kind, list) -> assertThat(list).hasSize(1));
            for (var kind : List.of("guidance 30", "guidance 60", "latents that are not normalised")) {
                assertThat(area(found, kind, "token drift")).as(kind).isGreaterThan(0.9);
                assertThat(area(found, kind, "published")).as(kind).isLessThan(0.9);
            }
            assertThat(area(found, "2 x 2 tokens grey", "grey patches")).isGreaterThan(0.9);
            assertThat(area(found, "pixel noise, deviation 15", "noise")).isGreaterThan(0.9);
            assertThat(area(found, "2 x 2 tokens grey", "token drift")).isNaN();
        }
    }

    private static double area(DamageStudy.Findings found, String kind, String measure) {
        return requireNonNull(requireNonNull(found.areas().get(kind)).get(measure));
    }
}
