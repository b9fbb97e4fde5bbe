package dev.nextstep.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.kernel.Convolution.Geometry;
import dev.nextstep.kernel.Convolution.Output;
import dev.nextstep.tensor.Precision;
import dev.nextstep.tensor.Tensor;
import dev.nextstep.testing.Golden;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConvolutionTest {
    private static final List<Integer> CHANNELS = List.of(1, 3, 5, 16, 17, 32, 33, 48, 64, 70, 96, 128, 160);

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    private float[] randoms(int n) {
        var values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private FeatureMap randomMap(int height, int width, int channels) {
        return new FeatureMap(height, width, channels, 0, height, randoms(height * width * channels));
    }

    private int pick(List<Integer> values) {
        return values.get(random.nextInt(values.size()));
    }

    @ParameterizedTest
    @EnumSource
    void hasTheBitsOfThePlainSumWhateverTheThreadsAndTheStrips(Geometry geometry) {
        for (int threads : List.of(1, 2, 5)) {
            try (var team = ThreadTeam.of(threads)) {
                var workspace = new GemmWorkspace(team);
                for (int round = 0; round < 6; round++) {
                    int inputs = pick(CHANNELS);
                    int outputs = pick(CHANNELS);
                    int side = geometry == Geometry.POINTWISE ? 1 : 3;
                    var in = randomMap(2 + random.nextInt(40), 2 + random.nextInt(60), inputs);
                    float[] weight = randoms(outputs * inputs * side * side);
                    float[] bias = randoms(outputs);
                    var convolution = new Convolution(
                            Tensor.of("w", weight, outputs, inputs, side, side),
                            Tensor.of("b", bias, outputs),
                            geometry,
                            Precision.FP32);
                    var expected = ConvolutionReference.apply(in, weight, bias, geometry);
                    String what = "%s of %s to %d, %d threads, seed %d".formatted(geometry, in, outputs, threads, seed);

                    var whole = convolution.apply(in, null, workspace);
                    assertThat(whole.data()).as(what).isEqualTo(expected.data());

                    int from = random.nextInt(whole.height());
                    int to = from + 1 + random.nextInt(whole.height() - from);
                    int firstIn = geometry.firstInputRow(from);
                    int endIn = geometry.endInputRow(to, in.height());
                    var part = FeatureMap.zeroRows(in.height(), in.width(), inputs, firstIn, endIn - firstIn);
                    System.arraycopy(in.data(), in.row(firstIn), part.data(), 0, part.data().length);
                    var strip = FeatureMap.zeroRows(whole.height(), whole.width(), outputs, from, to - from);
                    Arrays.fill(strip.data(), 2f);
                    convolution.apply(part, null, strip, from, to, Output.ADD, workspace);
                    for (int i = 0; i < strip.data().length; i++) {
                        assertThat(strip.data()[i])
                                .as("rows %d to %d of %s", from, to, what)
                                .isEqualTo(2f + expected.data()[expected.row(from) + i]);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void normalisesWhatItReads(GroupNorm.Activation activation) {
        try (var team = ThreadTeam.of(2)) {
            var workspace = new GemmWorkspace(team);
            for (int round = 0; round < 4; round++) {
                int channels = 32 * (1 + random.nextInt(4));
                var in = randomMap(1 + random.nextInt(40), 1 + random.nextInt(40), channels);
                for (int i = 0; i < in.data().length; i++) {
                    in.data()[i] = in.data()[i] * 3 + 40; // a mean far from 0 punishes careless sums of squares
                }
                float[] gain = randoms(channels);
                float[] shift = randoms(channels);
                float[] weight = randoms(channels * 9 * 32);
                var norm = new GroupNorm(
                        Tensor.of("g", gain, channels), Tensor.of("b", shift, channels), activation, Precision.FP32);
                var applied = norm.apply(GroupNorm.Statistics.of(in, workspace));
                var expected = ConvolutionReference.norm(in, gain, shift, activation);
                String what = "%s, seed %d".formatted(in, seed);
                var normed = applied.apply(in);
                assertThat(Golden.maxDifference(normed.data(), expected.data()))
                        .as(what)
                        .isLessThan(2e-5);

                var convolution = new Convolution(
                        Tensor.of("w", weight, 32, channels, 3, 3),
                        Tensor.of("b", new float[32], 32),
                        Geometry.SAME,
                        Precision.FP32);
                assertThat(convolution.apply(in, applied, workspace).data())
                        .as("border stays zero: " + what)
                        .isEqualTo(convolution.apply(normed, null, workspace).data());
            }
        }
    }

    @Test
    void statisticsDoNotDependOnStrips() {
        try (var team = ThreadTeam.of(2)) {
            var workspace = new GemmWorkspace(team);
            var in = randomMap(37, 23, 64);
            var norm = new GroupNorm(
                    Tensor.of("g", randoms(64), 64),
                    Tensor.of("b", randoms(64), 64),
                    GroupNorm.Activation.SWISH,
                    Precision.FP32);
            var strips = new GroupNorm.Statistics(37, 23, 64);
            strips.add(in, 20, 37, workspace);
            strips.add(in, 0, 11, workspace);
            strips.add(in, 11, 20, workspace);
            assertThat(norm.apply(strips).apply(in).data())
                    .as("seed %d", seed)
                    .isEqualTo(norm.apply(GroupNorm.Statistics.of(in, workspace))
                            .apply(in)
                            .data());
        }
    }

    @Test
    void attentionIsExactAndDoesNotDependOnThreads() {
        for (int round = 0; round < 6; round++) {
            int height = 1 + random.nextInt(16);
            int width = 1 + random.nextInt(16);
            int channels = pick(List.of(32, 64, 96, 160));
            var q = randomMap(height, width, channels);
            var k = randomMap(height, width, channels);
            var v = randomMap(height, width, channels);
            float[] first = {};
            for (int threads = 1; threads <= 3; threads++) {
                try (var team = ThreadTeam.of(threads)) {
                    var result = SpatialAttention.apply(q, k, v, Precision.FP32, new GemmWorkspace(team));
                    var expected = ConvolutionReference.attention(q, k, v);
                    assertThat(Golden.maxDifference(result.data(), expected.data()))
                            .as("%s, seed %d", q, seed)
                            .isLessThan(1e-5);
                    first = threads == 1 ? result.data() : first;
                    assertThat(result.data())
                            .as("%d threads, seed %d", threads, seed)
                            .isEqualTo(first);
                }
            }
        }
    }

    @Test
    void roundsToBf16() {
        try (var team = ThreadTeam.of(1)) {
            var in = randomMap(9, 7, 32);
            var convolution = new Convolution(
                    Tensor.of("w", randoms(48 * 32 * 9), 48, 32, 3, 3),
                    Tensor.of("b", randoms(48), 48),
                    Geometry.SAME,
                    Precision.REFERENCE_BF16);
            for (float value :
                    convolution.apply(in, null, new GemmWorkspace(team)).data()) {
                assertThat(Float.floatToIntBits(value) & 0xffff)
                        .as("seed %d", seed)
                        .isZero();
            }
            assertThat(Bf16.round(1f + 0x1p-8f)).as("tie to even").isEqualTo(1f);
            assertThat(Bf16.round(1f + 0x3p-8f)).as("tie to even").isEqualTo(1f + 0x1p-6f);
            assertThat(Bf16.round(Float.NaN)).isNaN();
        }
    }

    @Test
    void refusesInputsThatDoNotFit() {
        try (var team = ThreadTeam.of(1)) {
            var workspace = new GemmWorkspace(team);
            var convolution = new Convolution(
                    Tensor.of("mid.conv", new float[4 * 3 * 9], 4, 3, 3, 3),
                    Tensor.of("b", new float[4], 4),
                    Geometry.SAME,
                    Precision.FP32);
            assertThatThrownBy(() -> convolution.apply(randomMap(4, 4, 2), null, workspace))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("mid.conv");
            var rows = FeatureMap.zeroRows(8, 8, 3, 2, 3);
            var target = FeatureMap.zeros(8, 8, 4);
            assertThatThrownBy(() -> convolution.apply(rows, null, target, 2, 4, Output.REPLACE, workspace))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
