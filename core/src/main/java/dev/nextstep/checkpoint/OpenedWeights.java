package dev.nextstep.checkpoint;

import dev.nextstep.tensor.TensorSource;
import java.nio.file.Path;

/**
 * An opened file of weights of any format that this room reads.
 *
 * @param source its tensors under the names that they have in the file
 * @param closing removes the mapping
 */
public record OpenedWeights(TensorSource source, Runnable closing) implements AutoCloseable {

    /**
     * Opens by the ending of the name: an index ({@code .index.json}), {@code .safetensors}, {@code .gguf}, or PyTorch (all
     * others).
     *
     * @throws CheckpointException if the file is missing or damaged
     */
    public static OpenedWeights open(Path file) {
        String name = file.toString();
        if (name.endsWith(".index.json")) {
            var sharded = ShardedSafetensors.open(file);
            return new OpenedWeights(sharded, sharded::close);
        } else if (name.endsWith(".safetensors")) {
            var single = Safetensors.open(file);
            return new OpenedWeights(single, single::close);
        }
        if (name.endsWith(".gguf")) {
            var gguf = Gguf.open(file);
            return new OpenedWeights(gguf, gguf::close);
        }
        var pickle = TorchPickle.open(file);
        return new OpenedWeights(pickle, pickle::close);
    }

    @Override
    public void close() {
        closing.run();
    }
}
