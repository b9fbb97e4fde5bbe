package dev.nextstep.checkpoint;

import dev.nextstep.tensor.Tensor;
import dev.nextstep.tensor.TensorSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * An image tokenizer on disk: {@code config.json} and weights beside it, as {@code checkpoint.pt},
 * {@code checkpoint.safetensors} or {@code diffusion_pytorch_model.safetensors} (the first that exists). The tensors
 * appear under Flux names with Flux shapes whichever family the file uses (spec §2.3).
 */
public final class VaeDirectory implements AutoCloseable {
    private static final List<String> WEIGHTS =
            List.of("checkpoint.pt", "checkpoint.safetensors", "diffusion_pytorch_model.safetensors");

    private final VaeConfig config;
    private final TrackedTensors tensors;
    private final OpenedWeights weights;

    private VaeDirectory(VaeConfig config, TrackedTensors tensors, OpenedWeights weights) {
        this.config = config;
        this.tensors = tensors;
        this.weights = weights;
    }

    /**
     * Opens a tokenizer.
     *
     * @param place its folder, or its weights file ({@code .pt}, {@code .safetensors}) with {@code config.json} beside
     * @throws CheckpointException if a part is missing or damaged
     */
    public static VaeDirectory open(Path place) {
        var file = Files.isDirectory(place) ? weightsFile(place) : place;
        if (!Files.exists(file)) {
            throw CheckpointException.of(place, "no such file or directory");
        }
        var config = VaeConfig.read(file.resolveSibling("config.json"));
        int levels = config.channelMultipliers().size();
        var weights = OpenedWeights.open(file);
        try {
            var tensors = new TrackedTensors(
                    weights.source(), name -> TensorNames.vae(name, levels), VaeDirectory::withFluxShape);
            return new VaeDirectory(config, tensors, weights);
        } catch (RuntimeException e) {
            weights.close();
            throw e;
        }
    }

    private static Path weightsFile(Path directory) {
        return WEIGHTS.stream()
                .map(directory::resolve)
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() ->
                        CheckpointException.of(directory, "has no weights, expected one of the files " + WEIGHTS));
    }

    private static Tensor withFluxShape(Tensor tensor) {
        return tensor.rank() == 2 && TensorNames.isVaeAttentionKernel(tensor.name())
                ? tensor.reshape(tensor.shape().get(0), tensor.shape().get(1), 1, 1)
                : tensor;
    }

    /** Shape and settings. */
    public VaeConfig config() {
        return config;
    }

    /** The weights under Flux names, such as {@code encoder.down.0.block.0.conv1.weight}. */
    public TrackedTensors tensors() {
        return tensors;
    }

    /** SHA-256 over all tensors; reads them all. */
    public String weightsHash() {
        return WeightsHash.of(List.<TensorSource>of(tensors.untracked()));
    }

    /** Unmaps the weights. */
    @Override
    public void close() {
        weights.close();
    }
}
