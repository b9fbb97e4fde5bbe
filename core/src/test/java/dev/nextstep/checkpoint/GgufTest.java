package dev.nextstep.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.tensor.DataType;
import dev.nextstep.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GGUF files: of other programs, our own, and damaged ones. */
class GgufTest {
    @TempDir
    private Path temporary = Path.of("unset");

    @Test
    void readsWhatAnotherProgramWrote() {
        try (var file = Gguf.open(Independent.file(temporary))) {
            assertThat(file.metadata())
                    .containsEntry("general.architecture", new GgufValue.Text("other"))
                    .containsEntry("v.uint8", new GgufValue.Whole(200))
                    .containsEntry("v.int8", new GgufValue.Whole(-5))
                    .containsEntry("v.uint16", new GgufValue.Whole(65_000))
                    .containsEntry("v.int16", new GgufValue.Whole(-300))
                    .containsEntry("v.uint32", new GgufValue.Whole(4_000_000_000L))
                    .containsEntry("v.int32", new GgufValue.Whole(-70_000))
                    .containsEntry("v.float32", new GgufValue.Real(0.5))
                    .containsEntry("v.bool", new GgufValue.Flag(true))
                    .containsEntry("v.string", new GgufValue.Text("Füchse"))
                    .containsEntry("v.uint64", new GgufValue.Whole(1L << 40))
                    .containsEntry("v.int64", new GgufValue.Whole(-(1L << 40)))
                    .containsEntry("v.float64", new GgufValue.Real(1e-300))
                    .containsEntry("v.integers", new GgufValue.Sequence("int32", 3))
                    .containsEntry("v.strings", new GgufValue.Sequence("string", 3))
                    .containsEntry("v.flags", new GgufValue.Sequence("bool", 2));
            for (var type : List.of(DataType.Q8_0, DataType.Q4_0, DataType.Q4_K, DataType.F16)) {
                String name = type.name().toLowerCase(Locale.ROOT);
                var tensor = file.find(name).orElseThrow();
                var expected = file.find(name + ".values").orElseThrow();
                assertThat(tensor.type()).isEqualTo(type);
                assertThat(expected.type()).isEqualTo(DataType.F32);
                assertThat(tensor.shape()).isEqualTo(expected.shape());
                assertThat(tensor.toFloats()).as(name).containsExactly(expected.toFloats());
            }
        }
    }

    @Test
    void whatIsWrittenIsReadBack() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        for (int round = 0; round < 30; round++) {
            var tensors = new ArrayList<Tensor>();
            for (int i = random.nextInt(12); i > 0; i--) {
                tensors.add(random("t\u00e9." + i, random));
            }
            var metadata = new LinkedHashMap<String, GgufValue>();
            metadata.put("b", new GgufValue.Flag(random.nextBoolean()));
            metadata.put("i", new GgufValue.Whole(random.nextLong()));
            metadata.put("u", new GgufValue.Whole(random.nextInt(1000)));
            metadata.put("f", new GgufValue.Real(random.nextFloat()));
            metadata.put("d", new GgufValue.Real(random.nextGaussian()));
            metadata.put("a.b", new GgufValue.Text("\u9375 " + seed));
            var file = temporary.resolve("r.gguf");
            GgufWriter.write(file, tensors, metadata, IfExists.REPLACE);
            try (var read = Gguf.open(file)) {
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
                    assertThat(found.data().address() % 32).as("alignment").isZero();
                }
            }
        }
    }

    private static Tensor random(String name, Random random) {
        var types = List.of(DataType.F32, DataType.F16, DataType.BF16, DataType.Q8_0, DataType.Q4_0, DataType.Q4_K);
        var type = types.get(random.nextInt(types.size()));
        var shape = new ArrayList<Long>();
        for (int i = random.nextInt(3); i > 0; i--) {
            shape.add((long) random.nextInt(random.nextInt(20) == 0 ? 1 : 7));
        }
        shape.add((long) type.blockElements() * (1 + random.nextInt(4)));
        var bytes = new byte[(int) type.bytes(shape.stream().reduce(1L, (a, b) -> a * b))];
        random.nextBytes(bytes);
        return new Tensor(name, type, shape, MemorySegment.ofArray(bytes));
    }

    @Test
    void everyTruncationIsRefused() throws IOException {
        var good = Files.readAllBytes(Independent.file(temporary));
        var file = temporary.resolve("t.gguf");
        for (int length = 0; length < good.length - 32; length += length < 1200 ? 1 : 97) {
            Files.write(file, Arrays.copyOf(good, length));
            assertThatThrownBy(() -> Gguf.open(file).close())
                    .as("the first %d bytes", length)
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("t.gguf");
        }
        Files.write(file, Arrays.copyOf(good, good.length + 32));
        assertThatThrownBy(() -> Gguf.open(file).close())
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("surplus");
    }

    @Test
    void damageIsRefusedWithAReason() throws IOException {
        refused("not a GGUF file", b -> b.int32(0x46554746).int32(3).int64(0).int64(0));
        refused("version 1", b -> b.int32(GgufHeader.MAGIC).int32(1).int64(0).int64(0));
        refused(
                "big-endian",
                b -> b.int32(GgufHeader.MAGIC).int32(3 << 24).int64(0).int64(0));
        refused("room for", b -> b.header(1L << 60, 0));
        refused("room for", b -> b.header(0, Long.MIN_VALUE));
        refused("twice", b -> b.header(0, 2).key("k", 7).int8(1).key("k", 7).int8(1));
        refused("unknown type 13", b -> b.header(0, 1).key("k", 13).int64(0));
        refused("truth value", b -> b.header(0, 1).key("k", 7).int8(2).int64(0));
        refused("more than 2^63", b -> b.header(0, 1).key("k", 10).int64(-1));
        refused("room for", b -> b.header(0, 1).key("k", 8).int64(1L << 40));
        refused("not valid UTF-8", b -> b.header(0, 1).key("k", 8).int64(1).int8(0xff));
        refused("room for", b -> b.header(0, 1).key("k", 9).int32(4).int64(1L << 62));
        refused(
                "nests arrays",
                b -> b.header(0, 1)
                        .key("k", 9)
                        .int32(9)
                        .int64(1)
                        .int32(9)
                        .int64(1)
                        .int32(9)
                        .int64(1)
                        .int32(9)
                        .int64(1)
                        .int32(4)
                        .int64(0));
        refused(
                "a power of two",
                b -> b.header(0, 1).key("general.alignment", 4).int32(0));
        refused(
                "a power of two",
                b -> b.header(0, 1).key("general.alignment", 4).int32(48));
        refused(
                "a power of two",
                b -> b.header(0, 1).key("general.alignment", 8).text("32"));
        refused("5 dimensions", b -> b.header(1, 0).text("t").int32(5).pad(64));
        refused(
                "type Q6_K",
                b -> b.header(1, 0)
                        .text("t")
                        .int32(1)
                        .int64(256)
                        .int32(14)
                        .int64(0)
                        .pad(512));
        refused(
                "type number 99",
                b -> b.header(1, 0)
                        .text("t")
                        .int32(1)
                        .int64(1)
                        .int32(99)
                        .int64(0)
                        .pad(64));
        refused(
                "2^63",
                b -> b.header(1, 0)
                        .text("t")
                        .int32(2)
                        .int64(1L << 40)
                        .int64(1L << 40)
                        .int32(0)
                        .int64(0));
        refused(
                "2^63 - 1",
                b -> b.header(1, 0).text("t").int32(1).int64(-1).int32(0).int64(0));
        refused(
                "blocks of 256",
                b -> b.header(1, 0)
                        .text("t")
                        .int32(1)
                        .int64(32)
                        .int32(12)
                        .int64(0)
                        .pad(256));
        refused(
                "hole or overlap",
                b -> b.header(1, 0)
                        .text("t")
                        .int32(1)
                        .int64(8)
                        .int32(0)
                        .int64(32)
                        .pad(99));
        refused(
                "truncated",
                b -> b.header(1, 0)
                        .text("t")
                        .int32(1)
                        .int64(1 << 20)
                        .int32(0)
                        .int64(0)
                        .pad(99));
        refused(
                "twice",
                b -> b.header(2, 0)
                        .text("t")
                        .int32(1)
                        .int64(8)
                        .int32(0)
                        .int64(0)
                        .text("t")
                        .int32(1)
                        .int64(8)
                        .int32(0)
                        .int64(32)
                        .pad(99));
        refused("Git LFS", b -> b.bytes("version https://git-lfs.github.com/spec/v1\n"));
    }

    private void refused(String reason, Consumer<Builder> building) throws IOException {
        var builder = new Builder();
        building.accept(builder);
        var file = temporary.resolve("bad.gguf");
        Files.write(file, builder.out.toByteArray());
        assertThatThrownBy(() -> Gguf.open(file).close())
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("bad.gguf")
                .hasMessageContaining(reason);
    }

    @Test
    void anEmptyFileOfTheFormatIsRead() throws IOException {
        var file = temporary.resolve("empty.gguf");
        Files.write(file, new Builder().header(0, 0).out.toByteArray());
        try (var read = Gguf.open(file)) {
            assertThat(read.names()).isEmpty();
            assertThat(read.metadata()).isEmpty();
        }
    }

    @Test
    void refusesToWriteWhatTheFormatDoesNotHold() throws IOException {
        var file = temporary.resolve("kept.gguf");
        Files.writeString(file, "precious");
        var tensor = Tensor.of("a", new float[] {1}, 1);
        assertThatThrownBy(() -> GgufWriter.write(file, List.of(tensor), Map.of(), IfExists.REFUSE))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("already exists");
        assertThatThrownBy(() ->
                        GgufWriter.write(file, List.of(tensor.withName("n".repeat(64))), Map.of(), IfExists.REPLACE))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("64 bytes");
        assertThatThrownBy(() -> GgufWriter.write(file, List.of(tensor, tensor), Map.of(), IfExists.REPLACE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(file).hasContent("precious");
    }

    /** Bytes of a file, right or wrong. */
    private static final class Builder {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Builder header(long tensors, long pairs) {
            return int32(GgufHeader.MAGIC).int32(3).int64(tensors).int64(pairs);
        }

        Builder key(String key, int type) {
            return text(key).int32(type);
        }

        Builder text(String text) {
            return int64(text.length()).bytes(text);
        }

        Builder bytes(String text) {
            out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
            return this;
        }

        Builder int8(int value) {
            out.write(value);
            return this;
        }

        Builder int32(int value) {
            out.writeBytes(ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(value)
                    .array());
            return this;
        }

        Builder int64(long value) {
            out.writeBytes(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(value)
                    .array());
            return this;
        }

        Builder pad(int bytes) {
            out.writeBytes(new byte[bytes]);
            return this;
        }
    }
}
