package dev.nextstep.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import java.util.Random;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.junit.jupiter.api.Test;

class FastExpTest {
    private static final List<VectorSpecies<Float>> WIDTHS =
            List.of(FloatVector.SPECIES_64, FloatVector.SPECIES_128, FloatVector.SPECIES_256, FloatVector.SPECIES_512);

    @Test
    void isWithinOneUnitInTheLastPlaceOverTheWholeRange() {
        double worst = 0;
        for (float x = -87f; x < 88.7f; x += 0.00073f) {
            double exact = StrictMath.exp(x);
            worst = Math.max(worst, Math.abs(FastExp.exp(x) - exact) / Math.ulp((float) exact));
        }
        assertThat(worst).as("error in units in the last place").isLessThan(1.0);
    }

    @Test
    void knowsItsLimits() {
        assertThat(FastExp.exp(0f)).isEqualTo(1f);
        assertThat(FastExp.exp(-0f)).isEqualTo(1f);
        assertThat(FastExp.exp(Float.NaN)).isNaN();
        assertThat(FastExp.exp(Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(FastExp.exp(88.8f)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(FastExp.exp(Float.NEGATIVE_INFINITY)).isZero();
        assertThat(FastExp.exp(-200f)).isZero();
        for (float x = -103.9f; x < -87f; x += 0.01f) { // subnormal results
            assertThat((double) FastExp.exp(x)).isCloseTo(StrictMath.exp(x), offset(2 * (double) Float.MIN_VALUE));
        }
    }

    @Test
    void vectorsOfEveryWidthGiveTheBitsOfTheScalarTwin() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (var species : WIDTHS) {
            for (int round = 0; round < 2000; round++) {
                var x = new float[species.length()];
                for (int i = 0; i < x.length; i++) {
                    x[i] = round % 4 == 0 ? Float.intBitsToFloat(random.nextInt()) : (random.nextFloat() - 0.5f) * 220;
                }
                var y = new float[x.length];
                FastExp.exp(FloatVector.fromArray(species, x, 0)).intoArray(y, 0);
                for (int i = 0; i < x.length; i++) {
                    assertThat(Float.floatToIntBits(y[i]))
                            .as("exp(%s) in %s, seed %d", x[i], species, seed)
                            .isEqualTo(Float.floatToIntBits(FastExp.exp(x[i])));
                }
            }
        }
    }
}
