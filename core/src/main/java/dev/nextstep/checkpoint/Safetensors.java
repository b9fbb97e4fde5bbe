package dev.nextstep.checkpoint;

import dev.nextstep.tensor.Tensor;
import dev.nextstep.tensor.TensorSource;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One {@code .safetensors} file, mapped into memory. Opening reads and checks the header only, whatever the size of the
 * file; the tensors are views of the mapping, nothing is copied to the heap. After {@link #close} they must not be
 * touched any more. Safe for use by several threads.
 *
 * <p>Layout: 8 bytes little-endian header length, the header as JSON, the data. Files that break a rule of the format
 * (a hole in the data, a name twice, an unknown field or type) are refused.
 */
public final class Safetensors implements TensorSource, AutoCloseable {
    private static final ValueLayout.OfLong LENGTH = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Path file;
    private final Arena arena;
    private final MemorySegment data;
    private final SafetensorsHeader header;

    private Safetensors(Path file, Arena arena, MemorySegment data, SafetensorsHeader header) {
        this.file = file;
        this.arena = arena;
        this.data = data;
        this.header = header;
    }

    /**
     * Maps a file and reads its header.
     *
     * @throws CheckpointException if the file is missing or not a well-formed safetensors file
     */
    public static Safetensors open(Path file) {
        var arena = Arena.ofShared();
        try {
            var all = MappedFile.map(file, arena);
            long headerBytes = headerLength(file, all);
            var json = all.asSlice(Long.BYTES, headerBytes).asByteBuffer();
            long dataStart = Long.BYTES + headerBytes;
            var header = SafetensorsHeader.parse(json, all.byteSize() - dataStart);
            return new Safetensors(file, arena, all.asSlice(dataStart), header);
        } catch (SafetensorsHeader.Refused e) {
            arena.close();
            throw CheckpointException.of(file, e.reason(), e);
        } catch (RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    private static long headerLength(Path file, MemorySegment all) {
        ForeignFile.describe(all).ifPresent(what -> {
            throw CheckpointException.of(file, what);
        });
        if (ForeignFile.isZip(all)) {
            throw CheckpointException.of(file, "this is a zip (PyTorch) file, not safetensors; name it .pt");
        }
        if (all.byteSize() < Long.BYTES) {
            throw CheckpointException.of(file, "has %d bytes, too short for a header".formatted(all.byteSize()));
        }
        long length = all.get(LENGTH, 0);
        long room = Math.min(SafetensorsHeader.MAX_BYTES, all.byteSize() - Long.BYTES);
        if (length < 2 || length > room) {
            throw CheckpointException.of(
                    file,
                    "header length %s is not in 2..%d: not a safetensors file, or truncated"
                            .formatted(Long.toUnsignedString(length), room));
        }
        return length;
    }

    /** The file that was opened. */
    public Path file() {
        return file;
    }

    /** The {@code __metadata__} of the header, in file order; empty if there is none. */
    public Map<String, String> metadata() {
        return header.metadata();
    }

    @Override
    public String origin() {
        return file.toString();
    }

    /** All names, in header order. */
    @Override
    public Set<String> names() {
        return header.entries().keySet();
    }

    @Override
    public Optional<Tensor> find(String name) {
        return Optional.ofNullable(header.entries().get(name))
                .map(e -> new Tensor(name, e.type(), e.shape(), data.asSlice(e.begin(), e.end() - e.begin())));
    }

    /** Removes the mapping. */
    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
