package dev.nextstep.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/**
 * A GGUF file that the Python package {@code gguf} 0.19.0 wrote: a metadata value of each type, and tensors of random
 * numbers in Q8_0, Q4_0, Q4_K and F16, each with what that package reads from it as F32 under the same name and
 * {@code .values}.
 */
final class Independent {
    private Independent() {}

    /** A copy of the file in a folder. */
    static Path file(Path folder) {
        try (InputStream in = Independent.class.getResourceAsStream("/gguf/independent.gguf")) {
            var file = folder.resolve("independent.gguf");
            Files.copy(Objects.requireNonNull(in), file, StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
