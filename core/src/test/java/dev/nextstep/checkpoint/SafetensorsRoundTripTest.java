package dev.nextstep.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.nextstep.tensor.DataType;
import dev.nextstep.tensor.Tensor;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is read back bit by bit; conversions round to nearest even; huge files open at once. */
class SafetensorsRoundTripTest {
    private static final List<DataType> TYPES =
            Arrays.stream(DataType.values()).filter(type -> !type.isBlocks()).toList();

    @TempDir
    private Path temporary = Path.of("unset");

    private static Tensor random(String name, Random random) {
        var type = TYPES.get(random.nextInt(TYPES.size()));
        var shape = LongStream.generate(() -> random.nextInt(random.nextInt(20) == 0 ? 1 : 12))
                .limit(random.nextInt(4))
                .boxed()
                .toList();
        long elements = shape.stream().reduce(1L, (a, b) -> a * b);
        var bytes = new byte[(int) elements * type.bytes()];
        random.nextBytes(bytes);
        return new Tensor(name, type, shape, MemorySegment.ofArray(bytes));
    }

    @Test
    void randomTensorsComeBack() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        for (int round = 0; round < 30; round++) {
            var tensors = new ArrayList<Tensor>();
            for (int i = random.nextInt(20); i > 0; i--) {
                tensors.add(random("t\"\\\u00e9\n" + i, random));
            }
            var metadata = Map.of("format", "pt", "seed", "\u9375 " + seed);
            var file = temporary.resolve("r.safetensors");
            SafetensorsWriter.write(file, tensors, metadata, WeightType.AS_IS, IfExists.REPLACE);
            try (var read = Safetensors.open(file)) {
                assertThat(read.metadata()).as("seed %d", seed).isEqualTo(metadata);
                assertThat(read.names())
                        .as("seed %d", seed)
                        .containsExactlyElementsOf(
                                tensors.stream().map(Tensor::name).toList());
                for (var t : tensors) {
                    var found = read.find(t.name()).orElseThrow();
                    assertThat(found.type()).as("seed %d", seed).isEqualTo(t.type());
                    assertThat(found.shape()).as("seed %d", seed).isEqualTo(t.shape());
                    assertThat(found.data().mismatch(t.data()))
                            .as("seed %d", seed)
                            .isEqualTo(-1);
                }
            }
        }
    }

    @Test
    void conversionsRoundToNearestEven() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        for (int i = 0; i < 200_000; i++) {
            float value = Float.intBitsToFloat(i % 4 == 0 ? random.nextInt() & 0xffff8000 : random.nextInt());
            float back = Float.intBitsToFloat(WeightType.toBfloat16(value) << 16);
            if (Float.isNaN(value)) {
                assertThat(back).as("seed %d", seed).isNaN();
                continue;
            }
            // Neighbours by truncation towards zero and one step away from it; 2^128 stands for infinity.
            int low = Float.floatToRawIntBits(value) & 0xffff0000;
            double below = Float.intBitsToFloat(low);
            double step = Math.abs(wide(low + 0x10000) - wide(low));
            double above = below + Math.copySign(step, value);
            double toBelow = Math.abs(value - below);
            double toAbove = Math.abs(above - value);
            boolean even = (low >>> 16) % 2 == 0;
            boolean down = Double.isInfinite(below) || toBelow < toAbove || (toBelow == toAbove && even);
            float expected = down ? (float) below : (float) above;
            assertThat(Float.floatToRawIntBits(back))
                    .as("seed %d, value %s", seed, value)
                    .isEqualTo(Float.floatToRawIntBits(expected));
        }
    }

    private static double wide(int bits) {
        float value = Float.intBitsToFloat(bits);
        return Float.isInfinite(value) ? Math.copySign(0x1p128, value) : value;
    }

    @Test
    void weightsAreConvertedAndTheRestIsKept() {
        var file = temporary.resolve("c.safetensors");
        var ids = new Tensor("ids", DataType.I64, List.of(1L), MemorySegment.ofArray(new byte[8]));
        var floats = Tensor.of("w", new float[] {1, 1 + 0x1p-9f, -65536, 0x1p-24f}, 2, 2);
        SafetensorsWriter.write(file, List.of(ids, floats), Map.of(), WeightType.FLOAT16, IfExists.REFUSE);
        try (var read = Safetensors.open(file)) {
            assertThat(read.find("ids").orElseThrow().type()).isEqualTo(DataType.I64);
            var w = read.find("w").orElseThrow();
            assertThat(w.type()).isEqualTo(DataType.F16);
            assertThat(w.toFloats()).containsExactly(1, 1 + 0x1p-9f, Float.NEGATIVE_INFINITY, 0x1p-24f);
        }
    }

    @Test
    void blocksAreRefusedUnlessTheyAreWidened() {
        var file = temporary.resolve("b.safetensors");
        var blocks = new Tensor("q", DataType.Q8_0, List.of(1L, 32L), MemorySegment.ofArray(new byte[34]));
        assertThatThrownBy(() ->
                        SafetensorsWriter.write(file, List.of(blocks), Map.of(), WeightType.AS_IS, IfExists.REFUSE))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("quantised")
                .hasMessageContaining("--type");
        assertThat(file).doesNotExist();
        SafetensorsWriter.write(file, List.of(blocks), Map.of(), WeightType.FLOAT16, IfExists.REFUSE);
        try (var read = Safetensors.open(file)) {
            assertThat(read.find("q").orElseThrow().toFloats()).containsOnly(0).hasSize(32);
        }
    }

    @Test
    void refusesToOverwriteAndLeavesNothingBehind() throws IOException {
        var file = temporary.resolve("e.safetensors");
        Files.writeString(file, "precious");
        var tensors = List.of(Tensor.of("a", new float[] {1}, 1));
        assertThatThrownBy(() -> SafetensorsWriter.write(file, tensors, Map.of(), WeightType.AS_IS, IfExists.REFUSE))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("already exists");
        var twice = List.of(tensors.getFirst(), tensors.getFirst());
        assertThatThrownBy(() -> SafetensorsWriter.write(file, twice, Map.of(), WeightType.AS_IS, IfExists.REPLACE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(file).hasContent("precious");
        try (var left = Files.list(temporary)) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void aFileOf28GigabytesOpensAtOnceWithoutHeap() throws IOException {
        long elements = 7_000_000_000L;
        var header = "{\"w\":{\"dtype\":\"F32\",\"shape\":[70000,100000],\"data_offsets\":[0,28000000000]}}"
                .getBytes(StandardCharsets.UTF_8);
        var file = temporary.resolve("huge.safetensors");
        try (var out = new RandomAccessFile(file.toFile(), "rw")) {
            out.write(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(header.length)
                    .array());
            out.write(header);
            out.setLength(8 + header.length + elements * 4);
        } catch (IOException e) {
            Assumptions.abort("the disk refuses a sparse file of 28 GB: " + e.getMessage());
        }
        assertTimeout(Duration.ofSeconds(1), () -> {
            try (var read = Safetensors.open(file)) {
                var tensor = read.find("w").orElseThrow();
                assertThat(tensor.elements()).isEqualTo(elements);
                assertThat(tensor.get(elements - 1)).isZero();
                assertThat(tensor.data().isMapped()).isTrue();
            }
        });
    }
}
