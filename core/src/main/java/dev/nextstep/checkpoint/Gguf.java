package dev.nextstep.checkpoint;

import dev.nextstep.tensor.Tensor;
import dev.nextstep.tensor.TensorSource;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One {@code .gguf} file, mapped into memory: llama.cpp's format, which has the block types that safetensors lacks.
 * Opening reads and checks the header only; the tensors are views of the mapping, nothing is copied to the heap. After
 * {@link #close} they must not be touched any more. Safe for use by several threads.
 *
 * <p>Versions 2 and 3, little-endian. Read are tensors of F32, F16, BF16, Q8_0, Q4_0 and Q4_K; a file with others is
 * refused. Tensors must follow each other without hole or overlap, as the format demands.
 */
public final class Gguf implements TensorSource, AutoCloseable {
    private final Path file;
    private final Arena arena;
    private final MemorySegment data;
    private final GgufHeader header;

    private Gguf(Path file, Arena arena, MemorySegment data, GgufHeader header) {
        this.file = file;
        this.arena = arena;
        this.data = data;
        this.header = header;
    }

    /**
     * Maps a file and reads its header.
     *
     * @throws CheckpointException if the file is missing or not a well-formed GGUF file of tensors that can be computed
     *     with
     */
    public static Gguf open(Path file) {
        var arena = Arena.ofShared();
        try {
            var all = MappedFile.map(file, arena);
            var header = GgufReader.read(file, all);
            var data = header.end() == 0 ? MemorySegment.NULL : all.asSlice(header.dataStart(), header.end());
            return new Gguf(file, arena, data, header);
        } catch (RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    /** The file that was opened. */
    public Path file() {
        return file;
    }

    /** Keys and values of the header, in file order. */
    public Map<String, GgufValue> metadata() {
        return header.metadata();
    }

    @Override
    public String origin() {
        return file.toString();
    }

    /** All names, in file order. */
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
