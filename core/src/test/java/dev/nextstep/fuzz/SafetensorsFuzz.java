package dev.nextstep.fuzz;

import dev.nextstep.checkpoint.CheckpointException;
import dev.nextstep.checkpoint.Safetensors;
import java.io.IOException;
import java.util.List;

/** A .safetensors file. */
final class SafetensorsFuzz implements FuzzTarget {
    private final ScratchFile file = new ScratchFile(Seeds.scratchFolder().resolve("f.safetensors"));

    @Override
    public List<byte[]> seeds() throws IOException {
        return Seeds.golden("image/safetensors-bad", ".safetensors");
    }

    @Override
    public void read(byte[] input) throws IOException {
        try (var source = Safetensors.open(file.holding(input))) {
            TensorFiles.touch(source);
        }
    }

    @Override
    public Class<CheckpointException> refusal() {
        return CheckpointException.class;
    }
}
