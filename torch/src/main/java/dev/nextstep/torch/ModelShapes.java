package dev.nextstep.torch;

import dev.nextstep.checkpoint.ModelConfig;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** Names and shapes of the weights of language model, projectors and flow head (spec §2.2). */
public final class ModelShapes {
    /** Values of a time feature (spec §6.1). */
    static final int TIME_FEATURES = 256;

    private final SequencedMap<String, long[]> shapes = new LinkedHashMap<>();

    private ModelShapes() {}

    /**
     * All weights of a model of this configuration, in the order of spec §2.2.
     *
     * @throws IllegalArgumentException if the configuration asks for {@code before_lm_head}, which is not trained here
     */
    public static SequencedMap<String, long[]> of(ModelConfig config) {
        if (config.mlpBeforeLmHead()) {
            throw new IllegalArgumentException("use_mlp_before_lm_head is on: such a model cannot be trained here");
        }
        var all = new ModelShapes();
        int hidden = config.hiddenSize();
        int queries = config.attentionHeads() * config.headDimension();
        int keys = config.keyValueHeads() * config.headDimension();
        all.put("embed_tokens.weight", config.vocabularySize(), hidden);
        for (int i = 0; i < config.layers(); i++) {
            String at = "layers." + i + ".";
            all.put(at + "input_layernorm.weight", hidden);
            all.linear(at + "self_attn.q_proj", queries, hidden, config.attentionBias());
            all.linear(at + "self_attn.k_proj", keys, hidden, config.attentionBias());
            all.linear(at + "self_attn.v_proj", keys, hidden, config.attentionBias());
            all.linear(at + "self_attn.o_proj", hidden, queries, config.outputBias());
            all.put(at + "post_attention_layernorm.weight", hidden);
            all.linear(at + "mlp.gate_proj", config.intermediateSize(), hidden, config.mlpBias());
            all.linear(at + "mlp.up_proj", config.intermediateSize(), hidden, config.mlpBias());
            all.linear(at + "mlp.down_proj", hidden, config.intermediateSize(), config.mlpBias());
        }
        all.put("norm.weight", hidden);
        if (!config.tiedEmbeddings()) {
            all.put("lm_head.weight", config.vocabularySize(), hidden);
        }
        all.linear("image_in_projector", hidden, config.tokenDimension(), true);
        all.linear("image_out_projector", hidden, hidden, true);
        all.head(config);
        return all.shapes;
    }

    private void head(ModelConfig config) {
        int width = config.flowHeadWidth();
        String net = "image_head.net.";
        linear(net + "time_embed.mlp.0", width, TIME_FEATURES, true);
        linear(net + "time_embed.mlp.2", width, width, true);
        linear(net + "cond_embed", width, config.hiddenSize(), true);
        linear(net + "input_proj", width, config.tokenDimension(), true);
        for (int i = 0; i < config.flowHeadLayers(); i++) {
            String at = net + "res_blocks." + i + ".";
            put(at + "in_ln.weight", width);
            put(at + "in_ln.bias", width);
            linear(at + "mlp.0", width, width, true);
            linear(at + "mlp.2", width, width, true);
            linear(at + "adaLN_modulation.1", 3 * width, width, true);
        }
        linear(net + "final_layer.adaLN_modulation.1", 2 * width, width, true);
        linear(net + "final_layer.linear", config.tokenDimension(), width, true);
    }

    private void linear(String name, int outputs, int inputs, boolean bias) {
        put(name + ".weight", outputs, inputs);
        if (bias) {
            put(name + ".bias", outputs);
        }
    }

    private void put(String name, long... shape) {
        shapes.put(name, shape);
    }
}
