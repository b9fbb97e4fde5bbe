package dev.nextstep.train.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nextstep.image.Pixels;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReconstructionScoreTest {
    private static Pixels grey(int level) {
        var rgb = new byte[3 * 16 * 16];
        java.util.Arrays.fill(rgb, (byte) level);
        return Pixels.of(16, 16, rgb);
    }

    @Test
    void decibelsAreMeansOverPicturesAndOfTheMeanError() {
        var levels = new int[] {101, 110};
        var at = new int[1];
        var score = ReconstructionScore.of(List.of(grey(100), grey(100)), p -> grey(levels[at[0]++]));
        double first = 20 * Math.log10(255);
        double second = 20 * Math.log10(255 / 10.0);
        assertThat(score.psnr().value()).isCloseTo((first + second) / 2, within(1e-9));
        assertThat(score.psnrOfMeanError()).isCloseTo(10 * Math.log10(255 * 255 / 50.5), within(1e-9));
    }

    @Test
    void unchangedPicturesCountAsAHundredDecibels() {
        var score = ReconstructionScore.of(List.of(MadePictures.of(1, "flat", 32)), picture -> picture);
        assertThat(score.psnr().value()).isEqualTo(100);
        assertThat(score.psnrOfMeanError()).isEqualTo(100);
        assertThat(score.ssim().value()).isCloseTo(1, within(1e-9));
    }
}
