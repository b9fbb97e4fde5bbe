package dev.nextstep.fuzz;

import dev.nextstep.checkpoint.CheckpointException;
import dev.nextstep.checkpoint.ShardedSafetensors;
import dev.nextstep.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The index of a sharded checkpoint, beside intact shards. */
final class ShardIndexFuzz implements FuzzTarget {
    private final Path folder = Seeds.scratchFolder();

    ShardIndexFuzz() {
        try {
            for (Path shard : Golden.files(Golden.folder("image/safetensors-bad/sharded"), ".safetensors")) {
                Files.copy(shard, folder.resolve(shard.getFileName()));
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public List<byte[]> seeds() throws IOException {
        return Seeds.golden("image/safetensors-bad/sharded", ".index.json");
    }

    @Override
    public void read(byte[] input) throws IOException {
        Path index = folder.resolve("model.safetensors.index.json");
        Files.write(index, input);
        try (var source = ShardedSafetensors.open(index)) {
            TensorFiles.touch(source);
        }
    }

    @Override
    public Class<CheckpointException> refusal() {
        return CheckpointException.class;
    }
}
