package dev.nextstep.train.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class LearningRateTest {

    @Test
    void decaysByProgressEndWhereTheyEndBySteps() {
        var decays = List.of(
                Decay.Cosine.to(0.1),
                new Decay.Cosine(0, 1.5),
                new Decay.CosineWithRestarts(3),
                new Decay.Linear(),
                new Decay.Polynomial(0.01, 2),
                new Decay.Constant());
        for (var decay : decays) {
            var schedule = new LearningRate(0, decay);
            for (int step = 0; step <= 100; step++) {
                assertThat(schedule.atProgress(step, step / 100.0))
                        .as("%s, step %d", decay, step)
                        .isCloseTo(schedule.atStep(step, 100), within(1e-12));
            }
        }
    }

    @Test
    void aRunThatEndsByTheClockEndsAtTheFloorWhateverTheStep() {
        var schedule = new LearningRate(10, Decay.Cosine.to(0));
        assertThat(schedule.atProgress(0, 0)).isZero();
        assertThat(schedule.atProgress(5, 0)).isEqualTo(0.5);
        assertThat(schedule.atProgress(10, 0)).isEqualTo(1);
        assertThat(schedule.atProgress(37, 1)).isZero();
        assertThat(schedule.atProgress(1_000_000, 1.5)).isZero();
    }

    @Test
    void staysWhereItIsPastTheEnd() {
        var schedule = new LearningRate(100, new Decay.Cosine(0.2, 0.5));
        assertThat(schedule.atStep(5_000, 1_000)).isEqualTo(0.2);
        assertThat(new LearningRate(0, new Decay.Linear()).atStep(5_000, 1_000)).isZero();
    }

    @Test
    void warmUpAsLongAsTheRunDoesNotDivideByZero() {
        assertThat(new LearningRate(10, new Decay.Linear()).atStep(10, 10)).isEqualTo(1);
        assertThat(new LearningRate(10, Decay.Cosine.to(0)).atStep(11, 10)).isZero();
    }

    @Test
    void refusesImpossibleNumbers() {
        assertThatThrownBy(() -> new LearningRate(-1, new Decay.Constant())).hasMessageContaining("-1");
        assertThatThrownBy(() -> new Decay.Cosine(1.5, 0.5)).hasMessageContaining("1.5");
        assertThatThrownBy(() -> new Decay.Polynomial(0, Double.NaN)).hasMessageContaining("NaN");
    }
}
