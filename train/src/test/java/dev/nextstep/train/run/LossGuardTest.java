package dev.nextstep.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LossGuardTest {
    private static final GuardPolicy POLICY = new GuardPolicy(20, 10, 3, 2, 0.5, 40);

    private static LossGuard warm() {
        var guard = new LossGuard(POLICY);
        var random = new Random(1);
        for (int i = 0; i < 30; i++) {
            assertThat(guard.judge(1 + 0.05 * random.nextGaussian(), 1)).isInstanceOf(Verdict.Proceed.class);
        }
        return guard;
    }

    @Test
    void lossesThatAreNotNumbersGoBackAtOnce() {
        assertThat(new LossGuard(POLICY).judge(Double.NaN, 1)).isInstanceOf(Verdict.RollBack.class);
        assertThat(new LossGuard(POLICY).judge(1, Double.POSITIVE_INFINITY)).isInstanceOf(Verdict.RollBack.class);
    }

    @Test
    void oneSpikeIsForgivenSeveralInARowAreNot() {
        var guard = warm();
        assertThat(guard.judge(9, 1)).isInstanceOf(Verdict.Proceed.class);
        assertThat(guard.judge(9, 1)).isInstanceOf(Verdict.Proceed.class);
        assertThat(guard.judge(1, 1)).isInstanceOf(Verdict.Proceed.class);
        assertThat(guard.judge(9, 1)).isInstanceOf(Verdict.Proceed.class);
        assertThat(guard.judge(9, 1)).isInstanceOf(Verdict.Proceed.class);
        var verdict = guard.judge(9, 1);
        assertThat(verdict).isInstanceOf(Verdict.RollBack.class);
        assertThat(((Verdict.RollBack) verdict).reason()).startsWith("loss 9.000, the last 20 had a median of ");
    }

    @Test
    void aLossThatFallsOrIsNoisyIsNotASpike() {
        var guard = new LossGuard(POLICY);
        var random = new Random(2);
        for (int i = 0; i < 500; i++) {
            double loss = 5 * Math.exp(-i / 100.0) + 0.5 * random.nextGaussian();
            assertThat(guard.judge(loss, 1)).isInstanceOf(Verdict.Proceed.class);
        }
        var constant = new LossGuard(POLICY);
        for (int i = 0; i < 100; i++) {
            // Losses without any scatter: a tenth more is still no spike.
            assertThat(constant.judge(i < 50 ? 1 : 1.09, 1)).isInstanceOf(Verdict.Proceed.class);
        }
    }

    @Test
    void theRateComesBackAndAttemptsAreLimited() {
        var guard = warm();
        assertThat(guard.lrFactor()).isEqualTo(1);
        var second = new LossGuard(POLICY);
        second.load(guard.state());
        second.rolledBack(guard);
        assertThat(second.lrFactor()).isEqualTo(0.5);
        for (int i = 0; i < 20; i++) {
            second.judge(1, 1);
        }
        assertThat(second.lrFactor()).isCloseTo(0.75, within(1e-12));
        var third = new LossGuard(POLICY);
        third.rolledBack(second);
        assertThat(third.lrFactor()).isCloseTo(0.375, within(1e-12));
        assertThat(third.judge(Double.NaN, 1)).isInstanceOf(Verdict.GiveUp.class);
        for (int i = 0; i < 40; i++) {
            third.judge(1, 1);
        }
        assertThat(third.lrFactor()).isEqualTo(1);
        assertThat(third.judge(Double.NaN, 1)).isInstanceOf(Verdict.RollBack.class);
    }

    @Test
    void itsStateIsAllThatItKnows() {
        var guard = warm();
        guard.judge(9, 1);
        guard.judge(9, 1);
        var copy = new LossGuard(POLICY);
        copy.load(guard.state());
        assertThat(copy.state()).isEqualTo(guard.state());
        assertThat(copy.judge(9, 1)).isEqualTo(guard.judge(9, 1)).isInstanceOf(Verdict.RollBack.class);
    }
}
