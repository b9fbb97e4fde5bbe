package dev.nextstep.workflow.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.image.Pixels;
import java.util.Random;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;

class ArtifactScoreTest {
    private static final int SIDE = 128;

    /** A blue disc with an outline on white. */
    private static int disc(int x, int y) {
        double d = Math.hypot(x - 64.0, y - 60.0);
        return d < 40 ? 0x3b88c3 : d < 44 ? 0x1d2f40 : 0xffffff;
    }

    private static Pixels drawn(IntBinaryOperator rgb) {
        var bytes = new byte[SIDE * SIDE * 3];
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                int colour = rgb.applyAsInt(x, y);
                for (int c = 0; c < 3; c++) {
                    bytes[3 * (y * SIDE + x) + c] = (byte) (colour >> (16 - 8 * c));
                }
            }
        }
        return Pixels.of(SIDE, SIDE, bytes);
    }

    private static int shifted(int rgb, double by) {
        int result = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            result |= Math.clamp(Math.round(((rgb >> shift) & 255) + by), 0, 255) << shift;
        }
        return result;
    }

    private static ArtifactScore score(IntBinaryOperator rgb) {
        return ArtifactScore.of(drawn(rgb), 16);
    }

    @Test
    void aCleanDrawingHasNothing() {
        var clean = score(ArtifactScoreTest::disc);
        assertThat(clean.worst()).isLessThan(0.3);
        assertThat(clean.quality()).isGreaterThan(0.9);
    }

    @Test
    void noiseAllOverIsNoise() {
        var random = new Random(1);
        var noisy = score((x, y) -> shifted(disc(x, y), 25 * random.nextGaussian()));
        assertThat(noisy.noise()).isGreaterThan(1);
        assertThat(noisy.localNoise()).isLessThan(0.5);
    }

    @Test
    void noiseInOneTokenIsLocal() {
        var random = new Random(2);
        var noisy = score(
                (x, y) -> x / 16 == 3 && y / 16 == 4 ? shifted(disc(x, y), 60 * random.nextGaussian()) : disc(x, y));
        assertThat(noisy.localNoise()).isGreaterThan(1);
        assertThat(noisy.noise()).isLessThan(0.3);
    }

    @Test
    void aGreyTokenInTheDrawingIsAPatch() {
        var patched = score((x, y) -> x / 16 == 4 && y / 16 >= 3 && y / 16 < 5 ? 0x808080 : disc(x, y));
        assertThat(patched.greyPatches()).isGreaterThan(0.25);
        assertThat(score(ArtifactScoreTest::disc).greyPatches()).isZero();
    }

    @Test
    void tokensThatDoNotMeetAreAGrid() {
        var random = new Random(3);
        var levels = random.doubles(64).map(d -> 60 * d - 30).toArray();
        var grid = score((x, y) -> shifted(disc(x, y), levels[y / 16 * 8 + x / 16]));
        assertThat(grid.grid()).isGreaterThan(1);
        assertThat(score(ArtifactScoreTest::disc).grid()).isLessThan(0.2);
    }

    @Test
    void aPictureSmallerThanATokenIsRefused() {
        assertThatThrownBy(() -> ArtifactScore.of(Pixels.of(8, 8, new byte[192]), 16))
                .hasMessageContaining("no token of 16 pixels");
    }
}
