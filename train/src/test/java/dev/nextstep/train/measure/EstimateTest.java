package dev.nextstep.train.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EstimateTest {
    @Test
    void sharesHaveBinomialErrorsAndWilsonsInterval() {
        var half = Estimate.share(50, 100);
        assertThat(half.value()).isEqualTo(0.5);
        assertThat(half.standardError()).isCloseTo(0.05, within(1e-12));
        assertThat(half.low()).isCloseTo(0.4038, within(5e-5)); // tables of Wilson's interval
        assertThat(half.high()).isCloseTo(0.5962, within(5e-5));
        var none = Estimate.share(0, 10);
        assertThat(none.low()).isZero();
        assertThat(none.high()).isCloseTo(0.2775, within(5e-5));
        assertThat(Estimate.share(10, 10).high()).isEqualTo(1);
        assertThatThrownBy(() -> Estimate.share(0, 0)).hasMessageContaining("0 of 0");
        assertThatThrownBy(() -> Estimate.share(3, 2)).hasMessageContaining("3 of 2");
    }

    @Test
    void meansHaveTheErrorOfTheMean() {
        var mean = Estimate.mean(1, 2, 3, 4);
        assertThat(mean.value()).isEqualTo(2.5);
        assertThat(mean.standardError()).isCloseTo(Math.sqrt(5.0 / 3 / 4), within(1e-12));
        assertThat(Estimate.mean(7).standardError()).isZero();
        assertThatThrownBy(Estimate::mean).hasMessageContaining("at least one");
    }

    @Test
    void mediansHaveTheErrorThatTheoryGivesForNormalNumbers() {
        var random = new Random(3);
        double[] values = IntStream.range(0, 401)
                .mapToDouble(i -> 10 + 2 * random.nextGaussian())
                .toArray();
        var median = Estimate.median(1, values);
        double theory = 2 * Math.sqrt(Math.PI / 2 / values.length);
        assertThat(median.standardError()).isBetween(0.6 * theory, 1.6 * theory);
        assertThat(median.value()).isBetween(10 - 4 * theory, 10 + 4 * theory);
        assertThat(median.low()).isLessThan(median.value());
        assertThat(median.high()).isGreaterThan(median.value());
        assertThat(Estimate.median(1, values)).isEqualTo(median);
        assertThat(Estimate.median(1, 3, 1).value()).isEqualTo(2);
    }
}
