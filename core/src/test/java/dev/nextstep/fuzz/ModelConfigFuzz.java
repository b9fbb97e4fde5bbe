package dev.nextstep.fuzz;

import dev.nextstep.checkpoint.CheckpointException;
import dev.nextstep.checkpoint.ModelConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A model's config.json. */
final class ModelConfigFuzz implements FuzzTarget {
    private final ScratchFile file = new ScratchFile(Seeds.scratchFolder().resolve("config.json"));

    @Override
    public List<byte[]> seeds() {
        return List.of("{}".getBytes(StandardCharsets.UTF_8), """
                {"hidden_size": 64, "intermediate_size": 160, "num_hidden_layers": 4, "num_attention_heads": 4,
                 "num_key_value_heads": 2, "vocab_size": 1024, "rope_theta": 1e6,
                 "rope_scaling": {"type": "default", "rope_theta": 1e6}, "rms_norm_eps": 1e-6, "latent_channels": 16,
                 "boi": 5, "eoi": 6, "image_placeholder_id": 7, "pad_token_id": 3, "eos_token_id": [1, 2],
                 "fm_head_dim": 48, "fm_head_layers": 2, "tie_word_embeddings": false, "latent_size": 32,
                 "latent_patch_size": 2, "base_image_grid_size": 64, "torch_dtype": "float32", "model_type": "nextstep"}
                """.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void read(byte[] input) throws IOException {
        ModelConfig.read(file.holding(input));
    }

    @Override
    public Class<CheckpointException> refusal() {
        return CheckpointException.class;
    }
}
