package dev.nextstep.train.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nextstep.image.Pixels;
import java.util.List;
import org.junit.jupiter.api.Test;

class EditOutcomeTest {
    private final Pixels source = MadePictures.of(1, "flat", 64);
    private final Pixels target = MadePictures.of(1, "shaded", 64);

    @Test
    void theTargetIsRightAndTheSourceOrNoiseIsWrong() {
        var right = EditOutcome.of(source, target, target);
        assertThat(right.nearerByGrid()).isTrue();
        assertThat(right.nearerByPixels()).isTrue();
        assertThat(right.gridAfter()).isZero();
        var nothing = EditOutcome.of(source, source, target);
        assertThat(nothing.nearerByGrid()).isFalse();
        assertThat(nothing.nearerByPixels()).isFalse();
        var noise = EditOutcome.of(source, MadePictures.noise(1, 64), target);
        assertThat(noise.nearerByGrid()).isFalse();
        assertThat(noise.nearerByPixels()).isFalse();
        var score = EditScore.of(List.of(right, nothing, noise, right)).orElseThrow();
        assertThat(score.byGrid().value()).isEqualTo(0.5);
        assertThat(score.byPixels().value()).isEqualTo(0.5);
    }

    @Test
    void theTwoDistancesCanDisagree() {
        // Shifted inside the fields: the grid is the target's, the pixels are not.
        var goal = new byte[3 * 64 * 64];
        var drawn = new byte[3 * 64 * 64];
        var before = new byte[3 * 64 * 64];
        for (int i = 0; i < goal.length; i += 12) {
            goal[i] = (byte) 255;
            drawn[i + 3] = (byte) 255;
        }
        var outcome = EditOutcome.of(Pixels.of(64, 64, before), Pixels.of(64, 64, drawn), Pixels.of(64, 64, goal));
        assertThat(outcome.nearerByGrid()).isTrue();
        assertThat(outcome.nearerByPixels()).isFalse();
        assertThat(outcome.pixelsBefore()).isCloseTo(255 * Math.sqrt(1 / 12.0), within(1e-9));
    }

    @Test
    void pairsThatLookTheSameAreLeftOut() {
        var unfair = EditOutcome.of(source, target, source);
        assertThat(unfair.isFair()).isFalse();
        assertThat(EditScore.of(List.of(unfair))).isEmpty();
        var right = EditOutcome.of(source, target, target);
        assertThat(EditScore.of(List.of(unfair, right)).orElseThrow().byGrid().count())
                .isEqualTo(1);
        assertThatThrownBy(() -> EditOutcome.of(source, target, MadePictures.noise(1, 32)))
                .hasMessageContaining("32 x 32");
    }
}
