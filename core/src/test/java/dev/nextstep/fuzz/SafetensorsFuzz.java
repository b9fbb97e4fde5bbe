package dev.nextstep.fuzz;

import dev.nextstep.checkpoint.CheckpointException;
import dev.nextstep.checkpoint.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A .safetensors file. */
final class SafetensorsFuzz implements FuzzTarget {
    private final Path file = Seeds.scratchFolder().resolve("f.safetensors");

    @Override
    public List<byte[]> seeds() throws IOException {
        return Seeds.golden("image/safetensors-bad", ".safetensors");
    }

    @Override
    public void read(byte[] input) throws IOException {
        Files.write(file, input);
        try (var source = Safetensors.open(file)) {
            TensorFiles.touch(source);
        }
    }

    @Override
    public Class<CheckpointException> refusal() {
        return CheckpointException.class;
    }
}
