package dev.nextstep.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SeededNoiseTest {

    /** Known answers published with the generator (Random123, philox4x32 with 10 rounds). */
    @Test
    void equalsThePublishedVectors() {
        assertThat(SeededNoise.philox(new int[4], new int[2]))
                .containsExactly(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
        assertThat(SeededNoise.philox(new int[] {-1, -1, -1, -1}, new int[] {-1, -1}))
                .containsExactly(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
        assertThat(SeededNoise.philox(
                        new int[] {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, new int[] {0xa4093822, 0x299f31d0}))
                .containsExactly(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1);
    }

    @Test
    void isStandardNormalAndIndependentOfHowItIsAsked() {
        var noise = new SeededNoise(42);
        int n = 64;
        double sum = 0;
        double squares = 0;
        double fourth = 0;
        int count = 0;
        for (int token = 0; token < 200; token++) {
            var values = new float[n];
            noise.fill(3, token, 5, values, 0, n);
            var part = new float[10];
            noise.fill(3, token, 5, part, 2, 8);
            for (int i = 0; i < 8; i++) {
                assertThat(part[i + 2]).isEqualTo(values[i]);
            }
            for (float v : values) {
                sum += v;
                squares += (double) v * v;
                fourth += Math.pow(v, 4);
                count++;
            }
        }
        assertThat(sum / count).isCloseTo(0, within(0.03));
        assertThat(squares / count).isCloseTo(1, within(0.04));
        assertThat(fourth / count).isCloseTo(3, within(0.3));
    }

    @Test
    void everyCoordinateMatters() {
        var base = numbers(1, 2, 3, 4);
        assertThat(numbers(1, 2, 3, 4)).containsExactly(base);
        assertThat(numbers(2, 2, 3, 4)).isNotEqualTo(base);
        assertThat(numbers(1 + (1L << 40), 2, 3, 4)).isNotEqualTo(base);
        assertThat(numbers(1, 3, 3, 4)).isNotEqualTo(base);
        assertThat(numbers(1, 2, 4, 4)).isNotEqualTo(base);
        assertThat(numbers(1, 2, 3, 5)).isNotEqualTo(base);
    }

    private static float[] numbers(long seed, int picture, int token, int draw) {
        var values = new float[8];
        new SeededNoise(seed).fill(picture, token, draw, values, 0, 8);
        return values;
    }
}
