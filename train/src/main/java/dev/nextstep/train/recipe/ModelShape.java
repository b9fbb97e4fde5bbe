package dev.nextstep.train.recipe;

import dev.nextstep.data.vocabulary.VocabularyIds;

/**
 * Sizes of a new model.
 *
 * @param hidden width of the residual stream
 * @param layers transformer blocks
 * @param heads query heads
 * @param keyValueHeads key and value heads; divides {@code heads}
 * @param headDimension width of a head, even
 * @param mlp width of the gated MLP
 * @param flowWidth width of the flow head
 * @param flowLayers residual blocks of the flow head
 * @param patchSize latent pixels along a side of an image token
 * @param maxPositions longest sequence
 * @param ropeTheta base of the rotary frequencies
 */
public record ModelShape(
        int hidden,
        int layers,
        int heads,
        int keyValueHeads,
        int headDimension,
        int mlp,
        int flowWidth,
        int flowLayers,
        int patchSize,
        int maxPositions,
        double ropeTheta) {
    /** The sizes of the released models: Qwen2.5-14B with the flow head of 157 M (spec §1.1, §1.2). */
    public static ModelShape released() {
        return new ModelShape(5120, 48, 40, 8, 128, 13824, 1536, 12, 2, 131_072, 1e6);
    }

    /** Checks what the sizes have to do with each other. */
    public ModelShape {
        if (keyValueHeads < 1 || heads % keyValueHeads != 0) {
            throw new IllegalArgumentException(
                    "heads %d must be a multiple of kv_heads %d".formatted(heads, keyValueHeads));
        }
        if (headDimension % 2 != 0) {
            throw new IllegalArgumentException("head_dim %d must be even".formatted(headDimension));
        }
    }

    /**
     * The text of {@code config.json} in the official form.
     *
     * @param vocabulary of the text tokenizer
     * @param latentChannels of the image tokenizer
     * @param flowCopies draws for each token in training
     * @param textWeight weight of the text loss
     * @param imageWeight weight of the image loss
     */
    public String configJson(
            VocabularyIds vocabulary, int latentChannels, int flowCopies, double textWeight, double imageWeight) {
        var ids = new StringBuilder();
        vocabulary.configEntries().forEach((key, value) -> ids.append("  \"%s\": %d,\n".formatted(key, value)));
        return """
                {
                  "architectures": ["NextStep"],
                  "model_type": "nextstep",
                %s  "attention_bias": true,
                  "attention_dropout": 0.0,
                  "fm_head_batch_mul": %d,
                  "fm_head_dim": %d,
                  "fm_head_layers": %d,
                  "head_dim": %d,
                  "hidden_act": "silu",
                  "hidden_size": %d,
                  "im_loss_weight": %s,
                  "initializer_range": 0.02,
                  "intermediate_size": %d,
                  "latent_channels": %d,
                  "latent_patch_size": %d,
                  "lm_loss_weight": %s,
                  "max_position_embeddings": %d,
                  "mlp_bias": false,
                  "num_attention_heads": %d,
                  "num_hidden_layers": %d,
                  "num_key_value_heads": %d,
                  "o_attention_bias": false,
                  "rms_norm_eps": 1e-06,
                  "rope_scaling": null,
                  "rope_theta": %s,
                  "tie_word_embeddings": false,
                  "torch_dtype": "float16",
                  "use_cache": true,
                  "use_gen_pos_embed": false,
                  "vae_name_or_path": "vae/"
                }
                """.formatted(
                        ids,
                        flowCopies,
                        flowWidth,
                        flowLayers,
                        headDimension,
                        hidden,
                        imageWeight,
                        mlp,
                        latentChannels,
                        patchSize,
                        textWeight,
                        maxPositions,
                        heads,
                        layers,
                        keyValueHeads,
                        ropeTheta);
    }
}
