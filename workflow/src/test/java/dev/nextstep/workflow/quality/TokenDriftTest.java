package dev.nextstep.workflow.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nextstep.image.Pixels;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TokenDriftTest {
    /** Rows of 2 tokens of 4 numbers: mean 0, variance 1. */
    private static float[] normal(int rows) {
        var tokens = new float[rows * 8];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = i % 2 == 0 ? 1 : -1;
        }
        return tokens;
    }

    @Test
    void normalTokensHaveNone() {
        assertThat(TokenDrift.of(normal(3), 2, 4).worst()).isZero();
    }

    @Test
    void aShiftedMeanIsFoundInItsRow() {
        var tokens = normal(3);
        for (int i = 12; i < 16; i++) {
            tokens[i] += 0.2f;
        }
        var drift = TokenDrift.of(tokens, 2, 4);
        assertThat(drift.rows().get(0)).isZero();
        assertThat(drift.rows().get(1)).isCloseTo(2, within(1e-5));
        assertThat(drift.rows().get(2)).isZero();
        assertThat(drift.worst()).isEqualTo(drift.rows().get(1));
    }

    @Test
    void widerAndNarrowerTokensDriftAlike() {
        var wide = normal(1);
        var narrow = normal(1);
        for (int i = 0; i < 4; i++) {
            wide[i] *= 2;
            narrow[i] /= 2;
        }
        double expected = Math.log(2) / 0.25;
        assertThat(TokenDrift.of(wide, 2, 4).worst()).isCloseTo(expected, within(1e-5));
        assertThat(TokenDrift.of(narrow, 2, 4).worst()).isCloseTo(expected, within(1e-5));
    }

    @Test
    void whatIsNoNumberIsEndlesslyFar() {
        var tokens = normal(1);
        tokens[5] = Float.NaN;
        assertThat(TokenDrift.of(tokens, 2, 4).worst()).isInfinite();
    }

    @Test
    void halfARowIsRefused() {
        assertThatThrownBy(() -> TokenDrift.of(new float[12], 2, 4)).hasMessageContaining("no rows of 2 tokens");
    }

    @Test
    void damageBeginsInTheFirstRowThatIsBadEnough() {
        var tokens = normal(4);
        tokens[8] += 1; // mean 0.25 in row 1
        tokens[16] += 4; // mean 1 in row 2
        var plain = ArtifactScore.of(Pixels.of(32, 64, new byte[32 * 64 * 3]), 16);
        var damage = new Damage(plain, Optional.of(TokenDrift.of(tokens, 2, 4)));
        assertThat(damage.firstDamagedRow(0.9)).hasValue(1);
        assertThat(damage.firstDamagedRow(0.05)).hasValue(2);
        assertThat(damage.firstDamagedRow(1e-6)).isEmpty();
        assertThat(damage.quality()).isLessThan(0.02);
        assertThat(new Damage(plain, Optional.empty()).firstDamagedRow(0.9)).isEmpty();
    }
}
