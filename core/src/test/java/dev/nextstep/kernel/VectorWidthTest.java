package dev.nextstep.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nextstep.tensor.DataType;
import dev.nextstep.tensor.Precision;
import dev.nextstep.tensor.Tensor;
import dev.nextstep.testing.OtherWidth;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Linear layers and attention give the same bits with vectors of every width, each tried in a JVM of its own. */
class VectorWidthTest {

    /** Prints a checksum of results; the width comes from the system property. */
    public static final class Program {
        private Program() {}

        public static void main(String[] arguments) {
            System.out.println(Lanes.LENGTH * Float.SIZE + " " + checksum());
        }
    }

    private static String checksum() {
        var random = new Random(5);
        int sum = 1;
        try (var team = ThreadTeam.of(2)) {
            for (int inputs : new int[] {16, 40, 1500}) {
                for (int rows : new int[] {1, 2, 3, 7}) {
                    var weight = Tensor.of("w", floats(random, 37 * inputs), 37, inputs);
                    var y = new float[rows * 37];
                    Linear.of(weight).forward(team, floats(random, rows * inputs), rows, y);
                    Activations.silu(y, 0, y.length);
                    sum = 31 * sum + Arrays.hashCode(y);
                }
            }
            for (var type : List.of(DataType.Q8_0, DataType.Q4_0, DataType.Q4_K)) {
                for (int rows : new int[] {1, 2, 3, 7}) {
                    var weight = RandomBlocks.tensor(random, type, 37, 1536);
                    var y = new float[rows * 37];
                    Linear.of(weight).forward(team, floats(random, rows * 1536), rows, y);
                    sum = 31 * sum + Arrays.hashCode(y);
                }
            }
        }
        for (int headDim : new int[] {16, 24, 64}) {
            var shape = new Attention.Shape(6, 2, headDim, Integer.MAX_VALUE, Precision.FP32);
            float[] keys = floats(random, 24 * shape.cacheStride());
            float[] values = floats(random, 24 * shape.cacheStride());
            var out = new float[5 * 6 * headDim];
            Attention.attend(shape, floats(random, out.length), 0, 5, keys, values, 0, 16, 1, out, 0);
            sum = 31 * sum + Arrays.hashCode(out);
        }
        return Integer.toHexString(sum);
    }

    private static float[] floats(Random random, int n) {
        var values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    @ParameterizedTest
    @ValueSource(ints = {128, 256, 512})
    void givesTheSameBits(int bits) throws IOException, InterruptedException {
        assertThat(OtherWidth.run(bits, Program.class))
                .as("%d-bit vectors", bits)
                .isEqualTo(bits + " " + checksum());
    }
}
