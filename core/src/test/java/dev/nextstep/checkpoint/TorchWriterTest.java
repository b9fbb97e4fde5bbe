package dev.nextstep.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.tensor.DataType;
import dev.nextstep.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is what {@link TorchPickle} reads; that PyTorch reads it as well was tried by hand (docs/parity.md). */
class TorchWriterTest {
    @TempDir
    Path folder;

    @RepeatedTest(4)
    void roundTrip() throws IOException {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var tensors = new ArrayList<Tensor>();
        tensors.add(Tensor.of("scalar", new float[] {3.5f}));
        tensors.add(new Tensor("steps", DataType.I64, List.of(2L), MemorySegment.ofArray(new long[] {7, -1L << 40})));
        for (int i = 0; i < 5; i++) {
            int rows = 1 + random.nextInt(700);
            int columns = 1 + random.nextInt(700);
            var values = new float[rows * columns];
            for (int k = 0; k < values.length; k++) {
                values[k] = (float) random.nextGaussian();
            }
            tensors.add(Tensor.of("décoder." + i + ".weight", values, rows, columns));
        }
        for (var type : WeightType.values()) {
            var file = folder.resolve(type + ".pt");
            TorchWriter.write(file, tensors, type, IfExists.REFUSE);
            try (var opened = TorchPickle.open(file)) {
                assertThat(opened.names())
                        .as("seed %d", seed)
                        .containsExactlyElementsOf(
                                tensors.stream().map(Tensor::name).toList());
                for (var tensor : tensors) {
                    var read = opened.find(tensor.name()).orElseThrow();
                    assertThat(read.type()).isEqualTo(type.of(tensor.type()));
                    assertThat(read.shape()).isEqualTo(tensor.shape());
                    for (long k = 0; k < tensor.elements(); k += 97) {
                        float expected = switch (read.type()) {
                            case F16 -> Float.float16ToFloat(Float.floatToFloat16(tensor.get(k)));
                            case BF16 -> Float.intBitsToFloat(WeightType.toBfloat16(tensor.get(k)) << 16);
                            default -> tensor.get(k);
                        };
                        assertThat(read.get(k))
                                .as("%s, seed %d", tensor.name(), seed)
                                .isEqualTo(expected);
                    }
                }
            }
            var again = folder.resolve(type + "-again.pt");
            TorchWriter.write(again, tensors, type, IfExists.REFUSE);
            assertThat(again).hasSameBinaryContentAs(file);
        }
    }

    @Test
    void refusesWhatItCannotWrite() {
        var one = Tensor.of("a", new float[] {1}, 1);
        assertThatThrownBy(() ->
                        TorchWriter.write(folder.resolve("x.pt"), List.of(one, one), WeightType.AS_IS, IfExists.REFUSE))
                .hasMessageContaining("'a' is taken");
        TorchWriter.write(folder.resolve("y.pt"), List.of(one), WeightType.AS_IS, IfExists.REFUSE);
        assertThatThrownBy(() ->
                        TorchWriter.write(folder.resolve("y.pt"), List.of(one), WeightType.AS_IS, IfExists.REFUSE))
                .hasMessageContaining("already exists");
        assertThat(Files.exists(folder.resolve("x.pt"))).isFalse();
    }
}
