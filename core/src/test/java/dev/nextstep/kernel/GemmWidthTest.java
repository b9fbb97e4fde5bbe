package dev.nextstep.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nextstep.kernel.Convolution.Geometry;
import dev.nextstep.tensor.Precision;
import dev.nextstep.tensor.Tensor;
import dev.nextstep.testing.OtherWidth;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the product kernels with vectors of every width, each in a JVM of its own, and compares the bits. */
class GemmWidthTest {

    /** Prints the results of a few layers; the width comes from the system property. */
    public static final class Program {
        private Program() {}

        public static void main(String[] arguments) {
            System.out.println(checksum());
        }
    }

    private static String checksum() {
        var random = new Random(7);
        int sum = 1;
        try (var team = ThreadTeam.of(2)) {
            var workspace = new GemmWorkspace(team);
            for (int outputs : new int[] {3, 16, 32, 64, 96, 100}) {
                var in = FeatureMap.zeros(13, 17, 64);
                fill(in.data(), random);
                var weight = new float[outputs * 64 * 9];
                fill(weight, random);
                var convolution = new Convolution(
                        Tensor.of("w", weight, outputs, 64, 3, 3),
                        Tensor.of("b", new float[outputs], outputs),
                        Geometry.SAME,
                        Precision.FP32);
                var gain = new float[64];
                fill(gain, random);
                var norm = new GroupNorm(
                                Tensor.of("g", gain, 64),
                                Tensor.of("b", gain, 64),
                                GroupNorm.Activation.SWISH,
                                Precision.FP32)
                        .apply(GroupNorm.Statistics.of(in, workspace));
                var out = convolution.apply(in, norm, workspace);
                sum = 31 * sum + Arrays.hashCode(out.data());
                sum = 31 * sum
                        + Arrays.hashCode(SpatialAttention.apply(out, out, out, Precision.FP32, workspace)
                                .data());
            }
        }
        return Integer.toHexString(sum);
    }

    private static void fill(float[] values, Random random) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian() * 0.1f;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {128, 256, 512})
    void givesTheSameBits(int bits) throws IOException, InterruptedException {
        assertThat(OtherWidth.run(bits, Program.class))
                .as("%d-bit vectors", bits)
                .isEqualTo(checksum());
    }
}
