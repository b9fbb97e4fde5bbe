package dev.nextstep.checkpoint;

import dev.nextstep.tensor.TensorSource;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** The rules of spec §1.2 and §15 by which a {@code config.json} of either generation becomes a {@link ModelConfig}. */
final class ModelConfigReader {
    static final long MAX_BYTES = 4 << 20;
    static final int MAX_PATCH = 64;

    private static final int MAX_WIDTH = 1 << 17;
    private static final int MAX_COUNT = 1024;
    private static final int MAX_VOCABULARY = 10_000_000;
    private static final int DEFAULT_GRID = 32;

    private final Path file;
    private final String text;
    private final Json json;

    ModelConfigReader(Path file, String text) {
        this.file = file;
        this.text = text;
        this.json = Json.parse(file, text);
        if (!json.isObject()) {
            throw json.refused("expected an object");
        }
    }

    ModelConfig read() {
        refuseUnsupported();
        int hidden = required("hidden_size", MAX_WIDTH);
        int heads = required("num_attention_heads", MAX_COUNT);
        int keyValueHeads = integer(heads, 1, MAX_COUNT, "num_key_value_heads");
        if (heads % keyValueHeads != 0) {
            throw CheckpointException.of(
                    file,
                    "key 'num_key_value_heads' is %d: expected a divisor of num_attention_heads, which is %d"
                            .formatted(keyValueHeads, heads));
        }
        int vocabulary = required("vocab_size", MAX_VOCABULARY);
        int patch = integer(2, 1, MAX_PATCH, "latent_patch_size", "patch_size");
        boolean attentionBias = flag("attention_bias", true);
        return new ModelConfig(
                hidden,
                required("intermediate_size", 1 << 20),
                required("num_hidden_layers", MAX_COUNT),
                heads,
                keyValueHeads,
                headDimension(hidden, heads),
                vocabulary,
                integer(32_768, 1, 100_000_000, "max_position_embeddings"),
                (float) number(1e-6, 1e-12, 0.1, "rms_norm_eps"),
                ropeTheta(),
                flag("use_sliding_window", false)
                        ? optional("sliding_window", 1, Integer.MAX_VALUE)
                        : OptionalInt.empty(),
                attentionBias,
                flag("o_attention_bias", attentionBias),
                flag("mlp_bias", false),
                flag("tie_word_embeddings", false),
                flag("use_mlp_before_lm_head", false),
                flag("use_gen_pos_embed", false) ? OptionalInt.of(grid(patch)) : OptionalInt.empty(),
                integer(16, 1, MAX_COUNT, "latent_channels", "num_channels"),
                patch,
                integer(1536, 1, MAX_WIDTH, "fm_head_dim", "genloss_width"),
                integer(12, 1, MAX_COUNT, "fm_head_layers", "genloss_depth"),
                integer(4, 1, MAX_COUNT, "fm_head_batch_mul"),
                number(0.01, 0, 1e6, "lm_loss_weight"),
                number(1, 0, 1e6, "im_loss_weight", "image_loss_weight"),
                new SpecialTokenIds(
                        token(vocabulary, "bos_token_id"),
                        token(vocabulary, "eos_token_id"),
                        token(vocabulary, "pad_token_id_added"),
                        token(vocabulary, "boi"),
                        token(vocabulary, "eoi"),
                        token(vocabulary, "image_placeholder_id", "image_placeholder")),
                json.get("vae_name_or_path").map(Json::text),
                first("torch_dtype", "dtype").map(Json::text),
                text);
    }

    /**
     * Lets the tensors decide what the file leaves open: the patch size (spec §1.2), and a bias whose key is absent.
     * What the file says outright stands, so that a missing bias is found when the model asks for it.
     */
    ModelConfig reconcile(ModelConfig config, TensorSource tensors) {
        var projector = tensors.find("image_in_projector.weight");
        if (projector.isPresent() && projector.get().rank() == 2) {
            long columns = projector.get().shape().get(1);
            try {
                config = config.withTokenDimension(Math.toIntExact(columns));
            } catch (IllegalArgumentException | ArithmeticException e) {
                throw new CheckpointException(
                        "%s: tensor image_in_projector.weight has %d columns, which key 'latent_channels' = %d does not explain: %s"
                                .formatted(tensors.origin(), columns, config.latentChannels(), e.getMessage()),
                        e);
            }
        }
        var names = tensors.names();
        String layer = "layers.0.";
        return config.withDetails(
                config.patchSize(),
                json.has("attention_bias") ? config.attentionBias() : names.contains(layer + "self_attn.q_proj.bias"),
                json.has("o_attention_bias") ? config.outputBias() : names.contains(layer + "self_attn.o_proj.bias"),
                json.has("mlp_bias") ? config.mlpBias() : names.contains(layer + "mlp.gate_proj.bias"));
    }

    private void refuseUnsupported() {
        json.get("hidden_act").ifPresent(v -> {
            if (!v.text().equals("silu")) {
                throw v.refused("only silu is supported");
            }
        });
        json.get("fm_head_mlp_ratio").ifPresent(v -> v.number(1, 1));
        for (var key : new String[] {"rope_scaling", "rope_parameters"}) {
            json.get(key)
                    .flatMap(v -> v.get("rope_type").or(() -> v.get("type")))
                    .ifPresent(v -> {
                        if (!v.text().equals("default")) {
                            throw v.refused("only the rope type 'default' is supported");
                        }
                    });
        }
    }

    private int headDimension(int hidden, int heads) {
        var given = json.get("head_dim");
        int dimension = given.map(v -> v.integer(2, 4096)).orElse(hidden / heads);
        if (given.isEmpty() && hidden % heads != 0) {
            throw CheckpointException.of(
                    file,
                    "key 'hidden_size' is %d: expected a multiple of num_attention_heads (%d) when head_dim is absent"
                            .formatted(hidden, heads));
        }
        if (dimension < 2 || dimension % 2 != 0) {
            throw CheckpointException.of(
                    file, "key 'head_dim' is %d: expected an even number from 2 to 4096".formatted(dimension));
        }
        return dimension;
    }

    private double ropeTheta() {
        return first("rope_theta")
                .or(() -> json.get("rope_parameters").flatMap(v -> v.get("rope_theta")))
                .or(() -> json.get("rope_scaling").flatMap(v -> v.get("rope_theta")))
                .map(v -> v.number(1, 1e15))
                .orElse(10_000.0);
    }

    private int grid(int patch) {
        return json.get("base_image_grid_size")
                .map(v -> v.integer(1, 4096))
                .or(() -> json.get("image_size").map(v -> Math.max(1, v.integer(1, 1 << 16) / patch)))
                .orElse(DEFAULT_GRID);
    }

    /** The first of several names of one thing that is there and not null. */
    private Optional<Json> first(String... names) {
        for (var name : names) {
            var value = json.get(name);
            if (value.isPresent()) {
                return value;
            }
        }
        return Optional.empty();
    }

    private int required(String name, int to) {
        return json.get(name)
                .orElseThrow(() -> CheckpointException.of(file, "key '%s' is missing".formatted(name)))
                .integer(1, to);
    }

    private int integer(int otherwise, int from, int to, String... names) {
        return first(names).map(v -> v.integer(from, to)).orElse(otherwise);
    }

    private OptionalInt optional(String name, int from, int to) {
        var value = json.get(name);
        return value.isPresent() ? OptionalInt.of(value.get().integer(from, to)) : OptionalInt.empty();
    }

    private double number(double otherwise, double from, double to, String... names) {
        return first(names).map(v -> v.number(from, to)).orElse(otherwise);
    }

    private boolean flag(String name, boolean otherwise) {
        return json.get(name).map(Json::flag).orElse(otherwise);
    }

    private OptionalInt token(int vocabulary, String... names) {
        var value = first(names);
        if (value.isPresent() && value.get().isList()) {
            value = value.get().elements().stream().findFirst();
        }
        return value.isPresent() ? OptionalInt.of(value.get().integer(0, vocabulary - 1)) : OptionalInt.empty();
    }
}
