package dev.nextstep.cli;

import dev.nextstep.checkpoint.SpecialTokenIds;
import dev.nextstep.checkpoint.VaeConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Sizes of models that are not at hand. */
enum ModelShape {
    /** NextStep-1, on Qwen2.5-14B (spec §1.1, §1.2, §1.4). */
    FOURTEEN_BILLION("14b", 5120, 13824, 48, 40, 8, 128, 152_064, 1536, 12, 128, List.of(1, 2, 4, 4), 2),
    /** The same on Qwen2.5-3B, which the official code lists for test runs. */
    THREE_BILLION("3b", 2048, 11_008, 36, 16, 2, 128, 151_936, 1536, 12, 128, List.of(1, 2, 4, 4), 2),
    /** For trying: a few megabytes. */
    TINY("tiny", 256, 512, 2, 4, 2, 64, 4096, 128, 2, 32, List.of(1, 1, 2, 2), 1);

    private static final int LATENT_CHANNELS = 16;

    private final String id;
    private final int hidden;
    private final int intermediate;
    private final int layers;
    private final int heads;
    private final int keyValueHeads;
    private final int headDimension;
    private final int vocabulary;
    private final int flowHeadWidth;
    private final int flowHeadLayers;
    private final int vaeChannels;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of above
    private final List<Integer> vaeMultipliers;

    private final int vaeBlocks;

    ModelShape(
            String id,
            int hidden,
            int intermediate,
            int layers,
            int heads,
            int keyValueHeads,
            int headDimension,
            int vocabulary,
            int flowHeadWidth,
            int flowHeadLayers,
            int vaeChannels,
            List<Integer> vaeMultipliers,
            int vaeBlocks) {
        this.id = id;
        this.hidden = hidden;
        this.intermediate = intermediate;
        this.layers = layers;
        this.heads = heads;
        this.keyValueHeads = keyValueHeads;
        this.headDimension = headDimension;
        this.vocabulary = vocabulary;
        this.flowHeadWidth = flowHeadWidth;
        this.flowHeadLayers = flowHeadLayers;
        this.vaeChannels = vaeChannels;
        this.vaeMultipliers = vaeMultipliers;
        this.vaeBlocks = vaeBlocks;
    }

    static Optional<ModelShape> named(String id) {
        return Arrays.stream(values())
                .filter(s -> s.id.equals(id.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    static String names() {
        return String.join(", ", Arrays.stream(values()).map(s -> s.id).toList());
    }

    /** The text of {@code config.json}, with the special tokens of another model's text tokenizer. */
    String configJson(SpecialTokenIds tokens) {
        return """
                {
                  "model_type": "nextstep",
                  "hidden_size": %d,
                  "intermediate_size": %d,
                  "num_hidden_layers": %d,
                  "num_attention_heads": %d,
                  "num_key_value_heads": %d,
                  "head_dim": %d,
                  "vocab_size": %d,
                  "max_position_embeddings": 131072,
                  "rms_norm_eps": 1e-05,
                  "rope_theta": 1000000.0,
                  "attention_bias": true,
                  "o_attention_bias": false,
                  "mlp_bias": false,
                  "tie_word_embeddings": false,
                  "latent_channels": %d,
                  "latent_patch_size": 2,
                  "fm_head_dim": %d,
                  "fm_head_layers": %d,
                  %s"vae_name_or_path": "vae/"
                }
                """.formatted(
                        hidden,
                        intermediate,
                        layers,
                        heads,
                        keyValueHeads,
                        headDimension,
                        vocabulary,
                        LATENT_CHANNELS,
                        flowHeadWidth,
                        flowHeadLayers,
                        id("bos_token_id", tokens.beginOfText())
                                + id("eos_token_id", tokens.endOfText())
                                + id("pad_token_id_added", tokens.pad())
                                + id("boi", tokens.beginOfImage())
                                + id("eoi", tokens.endOfImage())
                                + id("image_placeholder_id", tokens.imagePlaceholder()));
    }

    private static String id(String key, OptionalInt token) {
        return token.isPresent() ? "\"%s\": %d,\n  ".formatted(key, token.getAsInt()) : "";
    }

    VaeConfig vae() {
        return new VaeConfig(
                3, 3, vaeChannels, vaeMultipliers, vaeBlocks, LATENT_CHANNELS, 1, 0, true, true, OptionalInt.of(1));
    }
}
