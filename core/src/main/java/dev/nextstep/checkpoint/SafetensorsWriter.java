package dev.nextstep.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import dev.nextstep.tensor.DataType;
import dev.nextstep.tensor.Tensor;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Writes safetensors files: complete or not at all. The data goes to a file beside the target, is forced to disk and
 * renamed; at most one megabyte is held in memory.
 */
public final class SafetensorsWriter {
    private static final int BUFFER_BYTES = 1 << 20;
    private static final int ALIGNMENT = 8;
    private static final JsonFactory FACTORY = new JsonFactory();

    private SafetensorsWriter() {}

    /**
     * Writes one file.
     *
     * @param target the file; its folder must exist
     * @param tensors in the order in which their data is written; names must differ
     * @param metadata the {@code __metadata__} member, such as {@code format: pt}; none if empty
     * @param type how weights are stored
     * @throws CheckpointException if the target exists and must not be replaced, or cannot be written
     * @throws IllegalArgumentException if two tensors have one name
     */
    public static void write(
            Path target, List<Tensor> tensors, Map<String, String> metadata, WeightType type, IfExists ifExists) {
        write(target, tensors, metadata, type, ifExists, WriteProgress.NONE);
    }

    /** The same, with somebody who follows it. */
    public static void write(
            Path target,
            List<Tensor> tensors,
            Map<String, String> metadata,
            WeightType type,
            IfExists ifExists,
            WriteProgress progress) {
        var meter = new WriteMeter(progress, bytes(tensors, type));
        AtomicFiles.write(target, ifExists, temporary -> writeTo(temporary, tensors, metadata, type, meter));
    }

    /** Bytes of data of these tensors when written in that type. */
    static long bytes(List<Tensor> tensors, WeightType type) {
        return tensors.stream()
                .mapToLong(t -> type.of(t.type()).bytes(t.elements()))
                .sum();
    }

    /** Writes and forces a file that nobody else sees yet. */
    static void writeTo(
            Path file, List<Tensor> tensors, Map<String, String> metadata, WeightType type, WriteMeter meter)
            throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            var header = header(tensors, metadata, type);
            drain(buffer.putLong(header.length), channel);
            drain(ByteBuffer.wrap(header).position(header.length), channel);
            for (var tensor : tensors) {
                writeData(tensor, type.of(tensor.type()), buffer, channel, meter);
            }
            channel.force(true);
        }
    }

    private static byte[] header(List<Tensor> tensors, Map<String, String> metadata, WeightType type)
            throws IOException {
        var text = new StringWriter();
        var names = new HashSet<String>();
        try (var json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            if (!metadata.isEmpty()) {
                json.writeObjectFieldStart(SafetensorsHeader.METADATA);
                for (var entry : metadata.entrySet()) {
                    json.writeStringField(entry.getKey(), entry.getValue());
                }
                json.writeEndObject();
            }
            long end = 0;
            for (var tensor : tensors) {
                if (!names.add(tensor.name()) || tensor.name().equals(SafetensorsHeader.METADATA)) {
                    throw new IllegalArgumentException("tensor name '" + tensor.name() + "' is taken");
                }
                var stored = type.of(tensor.type());
                if (stored.isBlocks()) {
                    throw new CheckpointException(
                            "tensor %s is quantised, which safetensors files cannot hold; write it as fp32, fp16 or bf16 (convert --type fp16)"
                                    .formatted(CheckpointException.quote(tensor.toString())));
                }
                json.writeObjectFieldStart(tensor.name());
                json.writeStringField("dtype", stored.name());
                json.writeArrayFieldStart("shape");
                for (long dimension : tensor.shape()) {
                    json.writeNumber(dimension);
                }
                json.writeEndArray();
                json.writeArrayFieldStart("data_offsets");
                json.writeNumber(end);
                end += stored.bytes(tensor.elements());
                json.writeNumber(end);
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        var bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        int padding = Math.floorMod(-bytes.length, ALIGNMENT);
        return (text + " ".repeat(padding)).getBytes(StandardCharsets.UTF_8);
    }

    private static void writeData(
            Tensor tensor, DataType stored, ByteBuffer buffer, FileChannel channel, WriteMeter meter)
            throws IOException {
        int step = BUFFER_BYTES / 8;
        for (long from = 0; from < tensor.elements(); from += step) {
            long to = Math.min(tensor.elements(), from + step);
            if (stored == tensor.type()) {
                // Not through a view as ByteBuffer, which memory of a float[] does not have.
                int bytes = (int) (to - from) * stored.bytes();
                MemorySegment.copy(tensor.data(), from * stored.bytes(), MemorySegment.ofBuffer(buffer), 0, bytes);
                buffer.position(bytes);
            } else {
                WeightType.convert(tensor, from, to, stored, buffer);
            }
            drain(buffer, channel);
            meter.add((to - from) * stored.bytes());
        }
    }

    private static void drain(ByteBuffer buffer, FileChannel channel) throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }
}
