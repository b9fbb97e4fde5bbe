package dev.nextstep.fuzz;

import dev.nextstep.checkpoint.CheckpointException;
import dev.nextstep.checkpoint.Gguf;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;

/** A .gguf file. */
final class GgufFuzz implements FuzzTarget {
    private final ScratchFile file = new ScratchFile(Seeds.scratchFolder().resolve("f.gguf"));

    @Override
    public List<byte[]> seeds() throws IOException {
        try (InputStream in = GgufFuzz.class.getResourceAsStream("/gguf/independent.gguf")) {
            return List.of(Objects.requireNonNull(in).readAllBytes());
        }
    }

    @Override
    public void read(byte[] input) throws IOException {
        try (var source = Gguf.open(file.holding(input))) {
            source.metadata().forEach((key, value) -> Objects.requireNonNull(value.toString(), key));
            TensorFiles.touch(source);
        }
    }

    @Override
    public Class<CheckpointException> refusal() {
        return CheckpointException.class;
    }
}
