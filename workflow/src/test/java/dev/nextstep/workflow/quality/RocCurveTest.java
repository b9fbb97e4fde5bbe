package dev.nextstep.workflow.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RocCurveTest {
    @Test
    void itIsTheShareOfPairsInTheRightOrder() {
        assertThat(RocCurve.area(new double[] {1, 2}, new double[] {3, 4})).isEqualTo(1);
        assertThat(RocCurve.area(new double[] {3, 4}, new double[] {1, 2})).isZero();
        assertThat(RocCurve.area(new double[] {1, 1}, new double[] {1})).isEqualTo(0.5);
        assertThat(RocCurve.area(new double[] {1, 3}, new double[] {2, 4})).isEqualTo(0.75);
    }

    @Test
    void itAgreesWithCountingAllPairs() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var sound = random.ints(50, 0, 20).asDoubleStream().toArray();
        var damaged = random.ints(70, 5, 25).asDoubleStream().toArray();
        double wins = 0;
        for (double d : damaged) {
            for (double s : sound) {
                wins += d > s ? 1 : d == s ? 0.5 : 0;
            }
        }
        assertThat(RocCurve.area(sound, damaged)).as("seed %d", seed).isCloseTo(wins / 3500, within(1e-12));
    }

    @Test
    void nothingCannotBeCompared() {
        assertThatThrownBy(() -> RocCurve.area(new double[0], new double[] {1}))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
