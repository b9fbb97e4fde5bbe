package dev.nextstep.fuzz;

import dev.nextstep.checkpoint.CheckpointException;
import dev.nextstep.checkpoint.TorchPickle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A PyTorch file as a whole: the zip around it, record check sums included. */
final class TorchZipFuzz implements FuzzTarget {
    private final Path file = Seeds.scratchFolder().resolve("f.pt");

    @Override
    public List<byte[]> seeds() throws IOException {
        return Seeds.golden("image/pickle", ".pt");
    }

    @Override
    public void read(byte[] input) throws IOException {
        Files.write(file, input);
        try (var source = TorchPickle.open(file)) {
            TensorFiles.touch(source);
        }
    }

    @Override
    public Class<CheckpointException> refusal() {
        return CheckpointException.class;
    }
}
