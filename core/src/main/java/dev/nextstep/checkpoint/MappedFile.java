package dev.nextstep.checkpoint;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file mapped read-only; the mapping lives until the arena is closed. */
final class MappedFile {
    private MappedFile() {}

    static MemorySegment map(Path file, Arena arena) {
        if (!Files.isRegularFile(file)) {
            throw CheckpointException.of(file, Files.exists(file) ? "is not a regular file" : "no such file");
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
        } catch (NoSuchFileException e) {
            throw CheckpointException.of(file, "no such file", e);
        } catch (IOException | OutOfMemoryError e) {
            // An exhausted address space is reported as OutOfMemoryError("Map failed").
            throw CheckpointException.of(file, "cannot be mapped: " + CheckpointException.quote(e.toString()), e);
        }
    }
}
