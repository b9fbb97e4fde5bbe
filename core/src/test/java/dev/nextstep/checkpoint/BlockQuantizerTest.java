package dev.nextstep.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.tensor.DataType;
import dev.nextstep.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Blocks are close to what they were made from, as close as the format can be expected to come. */
class BlockQuantizerTest {
    private static final int N = 256 * 40;

    private static float[] back(DataType type, float[] x) {
        var bytes = new byte[(int) type.bytes(x.length)];
        new BlockQuantizer().quantize(type, x, 0, x.length, bytes, 0);
        return new Tensor("t", type, List.of((long) x.length), MemorySegment.ofArray(bytes)).toFloats();
    }

    private static double relativeError(DataType type, float[] x) {
        float[] y = back(type, x);
        double error = 0;
        double size = 0;
        for (int i = 0; i < x.length; i++) {
            error += Math.pow((double) y[i] - x[i], 2);
            size += (double) x[i] * x[i];
        }
        return Math.sqrt(error / size);
    }

    private static float[] gaussian(Random random) {
        var x = new float[N];
        for (int i = 0; i < N; i++) {
            x[i] = (float) random.nextGaussian() * 0.02f;
        }
        return x;
    }

    // Bounds: what llama.cpp's own quantisers reach on normally distributed weights is 0.0055, 0.088 and 0.076.
    @Test
    void errorsOfNormalWeightsAreSmall() {
        long seed = new Random().nextLong();
        float[] x = gaussian(new Random(seed));
        assertThat(relativeError(DataType.Q8_0, x)).as("seed %d", seed).isLessThan(0.0058);
        double q4 = relativeError(DataType.Q4_0, x);
        assertThat(q4).as("seed %d", seed).isLessThan(0.087);
        assertThat(relativeError(DataType.Q4_K, x))
                .as("seed %d", seed)
                .isLessThan(0.076)
                .isLessThan(q4);
    }

    @Test
    void noWeightOfQ8IsFurtherAwayThanHalfAStep() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        float[] x = gaussian(random);
        float[] y = back(DataType.Q8_0, x);
        for (int block = 0; block < N; block += 32) {
            float largest = 0;
            for (int i = block; i < block + 32; i++) {
                largest = Math.max(largest, Math.abs(x[i]));
            }
            for (int i = block; i < block + 32; i++) {
                // The scale itself is rounded to 11 bits, which the largest weight feels most.
                assertThat(Math.abs(x[i] - y[i]))
                        .as("seed %d, %d", seed, i)
                        .isLessThanOrEqualTo(largest / 127 * 0.51f + largest * 0x1p-11f);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"Q8_0", "Q4_0", "Q4_K"})
    void simpleWeightsComeBack(DataType type) {
        assertThat(back(type, new float[256])).containsOnly(0f);
        var x = new float[256];
        for (int i = 0; i < 256; i++) {
            x[i] = (i % 2 - 0.5f) / 4; // two values that every format has
        }
        assertThat(relativeError(type, x)).isLessThan(0.005);
        for (int i = 0; i < 256; i++) {
            x[i] = -0.25f; // of one sign only
        }
        assertThat(relativeError(type, x)).isLessThan(0.02);
        for (int i = 0; i < 256; i++) {
            x[i] = i == 77 ? -3f : 0f; // alone
        }
        assertThat(relativeError(type, x)).isLessThan(0.005);
    }

    @ParameterizedTest
    @EnumSource(names = {"Q8_0", "Q4_0", "Q4_K"})
    void tinyAndHugeWeightsAreFinite(DataType type) {
        long seed = new Random().nextLong();
        for (float size : new float[] {1e-38f, 1e-7f, 1e-4f, 1e5f}) {
            float[] x = gaussian(new Random(seed));
            for (int i = 0; i < N; i++) {
                x[i] *= size;
            }
            for (float y : back(type, x)) {
                assertThat(Float.isFinite(y)).as("seed %d, size %s", seed, size).isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"Q8_0", "Q4_0", "Q4_K"})
    void refusesWhatItCannotStore(DataType type) {
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            var x = new float[256];
            x[100] = bad;
            assertThatThrownBy(() -> back(type, x))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("NaN or infinite");
        }
        var x = new float[256];
        x[3] = -1e30f;
        assertThatThrownBy(() -> back(type, x))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("65504");
    }

    @Test
    void encodingDoesNotDependOnHowItIsDivided() {
        float[] x = gaussian(new Random(3));
        var tensor = Tensor.of("w", x, 40, 256);
        byte[] whole = TensorEncoder.encode(tensor, 0, N, DataType.Q4_K);
        for (int row = 0; row < 40; row += 8) {
            byte[] part = TensorEncoder.encode(tensor, row * 256L, 8 * 256, DataType.Q4_K);
            assertThat(part).isEqualTo(Arrays.copyOfRange(whole, row * 144, (row + 8) * 144));
        }
    }
}
