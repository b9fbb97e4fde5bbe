package dev.nextstep.checkpoint;

import dev.nextstep.tensor.DataType;
import dev.nextstep.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/**
 * Writes GGUF files of tensors as they are: complete or not at all. The data goes to a file beside the target, is forced
 * to disk and renamed; at most one megabyte is held in memory. {@link ModelQuantizer} is what changes types.
 */
public final class GgufWriter {
    private static final int BUFFER_BYTES = 1 << 20;

    private GgufWriter() {}

    /**
     * Writes one file.
     *
     * @param target the file; its folder must exist
     * @param tensors in the order in which their data is written; of weight types ({@link DataType#isWeight}), with at
     *     most 4 dimensions and different names of at most 63 bytes
     * @param metadata keys and values in order; no {@link GgufValue.Sequence}, whose elements nobody knows
     * @throws CheckpointException if the target exists and must not be replaced, or cannot be written, or a name is too
     *     long
     * @throws IllegalArgumentException if two tensors have one name, or a type or value cannot be written
     */
    public static void write(Path target, List<Tensor> tensors, Map<String, GgufValue> metadata, IfExists ifExists) {
        var meter = new WriteMeter(WriteProgress.NONE, 0);
        AtomicFiles.write(target, ifExists, temporary -> writeTo(temporary, tensors, metadata, meter));
    }

    /** Writes and forces a file that nobody else sees yet. */
    static void writeTo(Path file, List<Tensor> tensors, Map<String, GgufValue> metadata, WriteMeter meter)
            throws IOException {
        var planned = tensors.stream()
                .map(t -> new GgufLayout.Planned(t.name(), t.type(), t.shape()))
                .toList();
        var layout = GgufLayout.of(metadata, planned);
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            write(channel, ByteBuffer.wrap(layout.header()));
            for (int i = 0; i < tensors.size(); i++) {
                fill(channel, layout.offsets().get(i));
                copy(channel, tensors.get(i).data(), meter);
            }
            fill(channel, layout.fileBytes());
            channel.force(true);
        }
    }

    private static void copy(FileChannel channel, MemorySegment data, WriteMeter meter) throws IOException {
        var buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        for (long at = 0; at < data.byteSize(); at += BUFFER_BYTES) {
            int bytes = (int) Math.min(BUFFER_BYTES, data.byteSize() - at);
            MemorySegment.copy(data, at, MemorySegment.ofBuffer(buffer.clear()), 0, bytes);
            write(channel, buffer.limit(bytes));
            meter.add(bytes);
        }
    }

    /** Zeros up to a byte of the file, less than an alignment away. */
    static void fill(FileChannel channel, long until) throws IOException {
        write(channel, ByteBuffer.allocate((int) (until - channel.position())));
    }

    /** All of a buffer. */
    static void write(FileChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }
}
