package dev.nextstep.fuzz;

import dev.nextstep.checkpoint.CheckpointException;
import dev.nextstep.checkpoint.TorchPickle;
import java.io.IOException;
import java.util.List;

/** A PyTorch file as a whole: the zip around it, record check sums included. */
final class TorchZipFuzz implements FuzzTarget {
    private final ScratchFile file = new ScratchFile(Seeds.scratchFolder().resolve("f.pt"));

    @Override
    public List<byte[]> seeds() throws IOException {
        return Seeds.golden("image/pickle", ".pt");
    }

    @Override
    public void read(byte[] input) throws IOException {
        try (var source = TorchPickle.open(file.holding(input))) {
            TensorFiles.touch(source);
        }
    }

    @Override
    public Class<CheckpointException> refusal() {
        return CheckpointException.class;
    }
}
