package dev.nextstep.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nextstep.tensor.DataType;
import dev.nextstep.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LinearTest {

    @Test
    void equalsTheDefinitionBitByBit() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        try (var one = ThreadTeam.of(1);
                var three = ThreadTeam.of(3)) {
            for (int i = 0; i < 60; i++) {
                int rows = 1 + random.nextInt(i % 10 == 0 ? 140 : 9);
                int inputs = 1 + random.nextInt(i % 7 == 0 ? 2600 : 300);
                int outputs = 1 + random.nextInt(90);
                var type = List.of(DataType.F32, DataType.F16, DataType.BF16).get(i % 3);
                var weight = random(random, type, outputs, inputs);
                float[] x = floats(random, rows * inputs);
                float[] bias = floats(random, outputs);
                float[] expected = definition(weight, bias, x, rows);
                for (var team : List.of(one, three)) {
                    var y = new float[rows * outputs];
                    Linear.of(weight, Tensor.of("bias", bias, outputs)).forward(team, x, rows, y);
                    assertThat(y)
                            .as(
                                    "seed %d, case %d: %d rows of %d → %d, %s, %d threads",
                                    seed, i, rows, inputs, outputs, type, team.size())
                            .containsExactly(expected);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"Q8_0", "Q4_0", "Q4_K"})
    void ofBlocksEqualsTheDefinitionBitByBit(DataType type) {
        long seed = System.nanoTime();
        var random = new Random(seed);
        try (var one = ThreadTeam.of(1);
                var three = ThreadTeam.of(3)) {
            for (int i = 0; i < 60; i++) {
                int rows = i < 16 ? i + 1 : 1 + random.nextInt(i % 10 == 0 ? 140 : 9);
                int inputs = type.blockElements() * (1 + random.nextInt(i % 7 == 0 ? 2600 / type.blockElements() : 9));
                int outputs = 1 + random.nextInt(90);
                checkBlocks("seed %d, case %d".formatted(seed, i), random, type, rows, inputs, outputs, one, three);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"Q8_0", "Q4_0", "Q4_K"})
    void takesVeryLongRowsInPieces(DataType type) {
        var random = new Random(11);
        try (var team = ThreadTeam.of(2)) {
            for (int rows = 1; rows <= 3; rows++) {
                checkBlocks("long rows", random, type, rows, 256 * 350, 3, team);
            }
        }
    }

    private static void checkBlocks(
            String what, Random random, DataType type, int rows, int inputs, int outputs, ThreadTeam... teams) {
        var weight = RandomBlocks.tensor(random, type, outputs, inputs);
        float[] x = floats(random, rows * inputs);
        float[] bias = floats(random, outputs);
        float[] expected = definition(weight, bias, x, rows);
        for (var team : teams) {
            var y = new float[rows * outputs];
            Linear.of(weight, Tensor.of("bias", bias, outputs)).forward(team, x, rows, y);
            assertThat(y)
                    .as("%s: %d rows of %d → %d, %s, %d threads", what, rows, inputs, outputs, type, team.size())
                    .containsExactly(expected);
        }
    }

    /** Long matrices with few rows are read where they lie: in any kind of memory, at any address, with any end. */
    @ParameterizedTest
    @EnumSource(names = {"F32", "F16", "BF16"})
    void fewRowsOfLongMatricesEqualTheDefinitionBitByBit(DataType type) {
        long seed = System.nanoTime();
        var random = new Random(seed);
        try (var arena = Arena.ofShared();
                var one = ThreadTeam.of(1);
                var three = ThreadTeam.of(3)) {
            for (int i = 0; i < 14; i++) {
                int rows = 1 + i % 7;
                int inputs = 1025 + random.nextInt(1200);
                if (i % 4 != 0) {
                    inputs = inputs / 16 * 16 + 16;
                }
                int outputs = 1 + random.nextInt(50);
                var inHeap = random(random, type, outputs, inputs);
                var outside = arena.allocate(inHeap.data().byteSize() + 1).asSlice(1); // not aligned
                MemorySegment.copy(inHeap.data(), 0, outside, 0, outside.byteSize());
                float[] x = floats(random, rows * inputs);
                float[] bias = floats(random, outputs);
                float[] expected = definition(inHeap, bias, x, rows);
                for (var data : List.of(inHeap.data(), outside, outside.asReadOnly())) {
                    for (var team : List.of(one, three)) {
                        var y = new float[rows * outputs];
                        Linear.of(new Tensor("w", type, inHeap.shape(), data), Tensor.of("bias", bias, outputs))
                                .forward(team, x, rows, y);
                        assertThat(y)
                                .as(
                                        "seed %d, case %d: %d rows of %d → %d, %d threads",
                                        seed, i, rows, inputs, outputs, team.size())
                                .containsExactly(expected);
                    }
                }
            }
        }
    }

    @Test
    void weightsInAnArrayOfFloatsAreReadAsWell() {
        var random = new Random(5);
        float[] values = floats(random, 16 * 1040);
        float[] x = floats(random, 1040);
        var weight = Tensor.of("w", values, 16, 1040);
        var y = new float[16];
        try (var team = ThreadTeam.of(1)) {
            Linear.of(weight).forward(team, x, 1, y);
        }
        assertThat(y).containsExactly(definition(weight, new float[16], x, 1));
    }

    @ParameterizedTest
    @EnumSource(names = {"Q8_0", "Q4_0", "Q4_K"})
    void readsBlocksInAnyMemory(DataType type) {
        var random = new Random(2);
        var weight = RandomBlocks.tensor(random, type, 5, 512);
        float[] x = floats(random, 512);
        var expected = new float[5];
        var y = new float[5];
        try (var arena = Arena.ofConfined();
                var team = ThreadTeam.of(1)) {
            var outside = arena.allocate(weight.data().byteSize() + 1).asSlice(1); // not aligned
            MemorySegment.copy(weight.data(), 0, outside, 0, outside.byteSize());
            Linear.of(weight).forward(team, x, 1, expected);
            Linear.of(new Tensor("w", type, weight.shape(), outside)).forward(team, x, 1, y);
        }
        assertThat(y).containsExactly(expected);
    }

    @Test
    void isCloseToExactArithmetic() {
        var random = new Random(7);
        var weight = random(random, DataType.F32, 33, 1000);
        float[] x = floats(random, 5 * 1000);
        var y = new float[5 * 33];
        try (var team = ThreadTeam.of(2)) {
            Linear.of(weight).forward(team, x, 5, y);
        }
        for (int r = 0; r < 5; r++) {
            for (int o = 0; o < 33; o++) {
                double sum = 0;
                for (int k = 0; k < 1000; k++) {
                    sum += (double) x[r * 1000 + k] * weight.get(o * 1000L + k);
                }
                assertThat((double) y[r * 33 + o]).isCloseTo(sum, org.assertj.core.data.Offset.offset(1e-4));
            }
        }
    }

    /** The definition: 16 partial sums, fused multiply-add in order, folded by halves. */
    private static float[] definition(Tensor weight, float[] bias, float[] x, int rows) {
        int outputs = weight.dimension(0);
        int inputs = weight.dimension(1);
        var y = new float[rows * outputs];
        for (int r = 0; r < rows; r++) {
            for (int o = 0; o < outputs; o++) {
                var sums = new float[16];
                for (int k = 0; k < inputs; k++) {
                    sums[k % 16] = Math.fma(weight.get((long) o * inputs + k), x[r * inputs + k], sums[k % 16]);
                }
                y[r * outputs + o] = Lanes.fold(sums, 0) + bias[o];
            }
        }
        return y;
    }

    private static float[] floats(Random random, int n) {
        var values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static Tensor random(Random random, DataType type, int rows, int columns) {
        var values = floats(random, rows * columns);
        var data = MemorySegment.ofArray(new byte[rows * columns * type.bytes()]);
        var half = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < values.length; i++) {
            switch (type) {
                case F32 ->
                    data.set(ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), i * 4L, values[i]);
                case F16 -> data.set(half, i * 2L, Float.floatToFloat16(values[i] * (i % 50 == 0 ? 1e-6f : 1)));
                default -> data.set(half, i * 2L, (short) (Float.floatToRawIntBits(values[i]) >>> 16));
            }
        }
        return new Tensor("w", type, List.of((long) rows, (long) columns), data);
    }

    @Test
    void everyTileOfOneRowIsTheSameRow() {
        var random = new Random(3);
        var weight = random(random, DataType.BF16, 50, 96);
        float[] row = floats(random, 96);
        var team = ThreadTeam.of(1);
        var alone = new float[50];
        Linear.of(weight).forward(team, row, 1, alone);
        for (int rows = 2; rows < 9; rows++) {
            float[] x = floats(random, rows * 96);
            System.arraycopy(row, 0, x, (rows - 1) * 96, 96);
            var y = new float[rows * 50];
            Linear.of(weight).forward(team, x, rows, y);
            assertThat(Arrays.copyOfRange(y, (rows - 1) * 50, rows * 50)).containsExactly(alone);
        }
        team.close();
    }
}
