package dev.nextstep.workflow.preset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nextstep.DrawingOptions;
import dev.nextstep.DrawingSettings;
import org.junit.jupiter.api.Test;

class PresetScalingTest {
    private static DrawingSettings model(int side, float guidance) {
        return DrawingOptions.NONE
                .withSize(side, side)
                .withSteps(null, guidance)
                .resolve(DrawingSettings.AUGUST_2025);
    }

    @Test
    void aLargeModelTakesPresetsAsTheyStand() {
        var scaled = PresetScaling.of(QualityPreset.PREMIUM, model(512, 7.5f));
        assertThat(scaled.side()).isEqualTo(1024);
        assertThat(scaled.steps()).isEqualTo(40);
        assertThat(scaled.guidance()).isEqualTo(8.5f);
        assertThat(scaled.explanation()).isEmpty();
    }

    @Test
    void aSmallModelDrawsAtItsOwnSizeAndSaysSo() {
        var standard = PresetScaling.of(QualityPreset.STANDARD, model(64, 3));
        assertThat(standard.side()).isEqualTo(64);
        assertThat(standard.guidance()).isCloseTo(3f, within(1e-6f));
        assertThat(standard.explanation()).contains("768 pixels", "64 pixels", "guidance 3.0");
        assertThat(PresetScaling.of(QualityPreset.DRAFT, model(64, 3)).guidance())
                .isLessThan(3);
        assertThat(PresetScaling.of(QualityPreset.PREMIUM, model(64, 3)).guidance())
                .isGreaterThan(3);
        assertThat(PresetScaling.of(QualityPreset.PREMIUM, model(64, 1)).guidance())
                .isEqualTo(1);
    }

    @Test
    void impossiblePresetsAreRefused() {
        assertThatThrownBy(() -> new QualityPreset("x", 32, 20, 7)).hasMessageContaining("64 to 4096");
        assertThatThrownBy(() -> new QualityPreset("x", 512, 0, 7)).hasMessageContaining("1 to 10000");
        assertThatThrownBy(() -> new QualityPreset("x", 512, 20, Double.NaN)).hasMessageContaining("1 to 1000");
        assertThatThrownBy(() -> new QualityPreset("", 512, 20, 7)).hasMessageContaining("name");
    }
}
