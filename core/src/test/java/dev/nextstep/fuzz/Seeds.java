package dev.nextstep.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nextstep.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Seeds from the golden values, and the file that an input becomes. */
final class Seeds {
    /** Larger seeds slow the fuzzer down more than they teach it. */
    private static final long LARGEST = 8192;

    private Seeds() {}

    /** The small files of a golden folder whose names end so; none if a selection leaves the folder out. */
    static List<byte[]> golden(String folder, String ending) throws IOException {
        if (Golden.isLeftOut(folder)) {
            return List.of();
        }
        List<byte[]> out = new ArrayList<>();
        for (Path file : Golden.files(Golden.folder(folder), ending)) {
            if (Files.size(file) <= LARGEST) {
                out.add(Files.readAllBytes(file));
            }
        }
        assertThat(out).as("seeds in %s", folder).isNotEmpty();
        return out;
    }

    /** A folder in memory where there is one: the readers want files, and a disk would be the slowest part. */
    static Path scratchFolder() {
        try {
            Path memory = Path.of("/dev/shm");
            Path folder = Files.isWritable(memory)
                    ? Files.createTempDirectory(memory, "nextstep-fuzz")
                    : Files.createTempDirectory("nextstep-fuzz");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> clear(folder)));
            return folder;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void clear(Path folder) {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
