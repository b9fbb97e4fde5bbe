package dev.nextstep.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules by which the keys of both code generations become one configuration. */
class ModelConfigTest {
    private static final String SIZES =
            "\"hidden_size\":64,\"intermediate_size\":160,\"num_hidden_layers\":4,\"num_attention_heads\":4,\"vocab_size\":1024";

    @TempDir
    private Path temporary = Path.of("unset");

    private static ModelConfig parse(String members) {
        return ModelConfig.parse(Path.of("config.json"), "{" + SIZES + (members.isEmpty() ? "" : "," + members) + "}");
    }

    @Test
    void absentKeysTakeTheirDefaults() {
        var config = parse("");
        assertThat(config.keyValueHeads()).isEqualTo(4);
        assertThat(config.headDimension()).isEqualTo(16);
        assertThat(config.tokenDimension()).isEqualTo(64);
        assertThat(config.flowHeadWidth()).isEqualTo(1536);
        assertThat(config.flowHeadLayers()).isEqualTo(12);
        assertThat(config.attentionBias()).isTrue();
        assertThat(config.outputBias()).isTrue();
        assertThat(config.slidingWindow()).isEmpty();
        assertThat(config.positionGrid()).isEmpty();
        assertThat(config.tokens().beginOfImage()).isEmpty();
    }

    @Test
    void oldNamesAreUnderstood() {
        var config = parse("\"patch_size\":4,\"num_channels\":8,\"genloss_width\":40,\"genloss_depth\":2,"
                + "\"image_placeholder\":7,\"image_loss_weight\":0.5,\"eos_token_id\":[3,4]");
        assertThat(config.tokenDimension()).isEqualTo(128);
        assertThat(config.flowHeadWidth()).isEqualTo(40);
        assertThat(config.flowHeadLayers()).isEqualTo(2);
        assertThat(config.imageLossWeight()).isEqualTo(0.5);
        assertThat(config.tokens().imagePlaceholder()).isEqualTo(OptionalInt.of(7));
        assertThat(config.tokens().endOfText()).isEqualTo(OptionalInt.of(3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"rope_theta\":5e5",
                "\"rope_theta\":null,\"rope_parameters\":{\"rope_theta\":500000,\"rope_type\":\"default\"}",
                "\"rope_scaling\":{\"rope_theta\":500000.0}"
            })
    void ropeThetaIsFoundWhereverItIs(String members) {
        assertThat(parse(members).ropeTheta()).isEqualTo(500_000.0);
    }

    @Test
    void slidingWindowNeedsItsFlag() {
        assertThat(parse("\"sliding_window\":8").slidingWindow()).isEmpty();
        assertThat(parse("\"sliding_window\":8,\"use_sliding_window\":true").slidingWindow())
                .isEqualTo(OptionalInt.of(8));
    }

    @Test
    void outputBiasFollowsAttentionBiasUnlessItIsGiven() {
        assertThat(parse("\"attention_bias\":false").outputBias()).isFalse();
        assertThat(parse("\"attention_bias\":true,\"o_attention_bias\":false").outputBias())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"num_hidden_layers\":0|num_hidden_layers",
                "\"num_attention_heads\":1000000000|num_attention_heads",
                "\"hidden_size\":-64|hidden_size",
                "\"hidden_size\":1e400|hidden_size",
                "\"hidden_size\":64.5|hidden_size",
                "\"vocab_size\":10000001|vocab_size",
                "\"vocab_size\":\"1024\"|vocab_size",
                "\"num_key_value_heads\":3|num_key_value_heads",
                "\"head_dim\":15|head_dim",
                "\"boi\":1024|boi",
                "\"patch_size\":0|patch_size",
                "\"rms_norm_eps\":-1|rms_norm_eps",
                "\"rope_theta\":0|rope_theta",
                "\"hidden_act\":\"gelu\"|hidden_act",
                "\"rope_scaling\":{\"type\":\"linear\",\"factor\":4}|rope_scaling.type",
                "\"fm_head_mlp_ratio\":4.0|fm_head_mlp_ratio"
            })
    void absurdValuesAreRefusedByName(String member, String key) {
        String name = member.substring(0, member.indexOf(':'));
        var others = Map.of(
                "\"hidden_size\"", "64",
                "\"intermediate_size\"", "160",
                "\"num_hidden_layers\"", "4",
                "\"num_attention_heads\"", "4",
                "\"vocab_size\"", "1024");
        var text = new StringBuilder("{" + member);
        others.forEach((k, v) -> {
            if (!k.equals(name)) {
                text.append(",").append(k).append(":").append(v);
            }
        });
        assertThatThrownBy(() -> ModelConfig.parse(Path.of("config.json"), text + "}"))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("config.json")
                .hasMessageContaining("'" + key + "'")
                .hasMessageContaining("is ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"rope_theta\":1e99999999999",
                "\"rope_theta\":1e-99999999999",
                "\"rope_theta\":1e2147483647",
                "\"hidden_act\":1e-2147483648",
                "\"boi\":1e2147483647",
                "\"rope_theta\":NaN",
                "\"boi\":5,\"boi\":5",
                "\"rope_scaling\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
                "\"rope_scaling\":7"
            })
    void hostileJsonIsRefusedInOneLine(String members) {
        assertThatThrownBy(() -> parse(members))
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith("config.json: ")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }

    @Test
    void tensorsDecideWhatTheFileLeavesOpen() throws IOException {
        var directory = Files.createDirectory(temporary.resolve("leaked"));
        Files.writeString(directory.resolve("config.json"), "{" + SIZES + ",\"patch_size\":1}");
        var tensors = List.of(
                Tensor.of("_orig_mod.model.image_in_projector.weight", new float[64 * 64], 64, 64),
                Tensor.of("model.layers.0.self_attn.q_proj.bias", new float[64], 64));
        SafetensorsWriter.write(
                directory.resolve("model.safetensors"), tensors, Map.of(), WeightType.AS_IS, IfExists.REFUSE);
        try (var model = ModelDirectory.open(directory)) {
            assertThat(model.config().patchSize()).isEqualTo(2);
            assertThat(model.config().attentionBias()).isTrue();
            assertThat(model.config().outputBias()).isFalse();
            assertThat(model.tensors().names())
                    .containsExactly("image_in_projector.weight", "layers.0.self_attn.q_proj.bias");
            assertThat(model.tensors().unusedNames()).hasSize(2);
            model.tensors().require("image_in_projector.weight", 64, 64);
            assertThat(model.tensors().unusedNames()).containsExactly("layers.0.self_attn.q_proj.bias");
            assertThatThrownBy(model::vae)
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("vae");
            assertThatThrownBy(model::tokenizerFile).hasMessageContaining("tokenizer.json");
        }
    }

    @Test
    void missingPartsAreNamed() throws IOException {
        assertThatThrownBy(() -> ModelDirectory.open(temporary.resolve("nothing")))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("no such directory");
        assertThatThrownBy(() -> ModelDirectory.open(temporary))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("config.json");
        Files.writeString(temporary.resolve("config.json"), "{" + SIZES + ",\"vae_name_or_path\":\"../../etc\"}");
        assertThatThrownBy(() -> ModelDirectory.open(temporary))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("no weights");
        SafetensorsWriter.write(
                temporary.resolve("model.safetensors"), List.of(), Map.of(), WeightType.AS_IS, IfExists.REFUSE);
        try (var model = ModelDirectory.open(temporary)) {
            assertThatThrownBy(model::vae)
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("inside the directory");
        }
    }

    @Test
    void changedMembersLeaveTheOthersAsTheyAre() throws IOException {
        var text = ModelWriter.withStrings(
                "{\"a\":1e-05,\"vae\":{\"vae\":1},\"b\":[1,{\"vae\":null}],\"big\":123456789012345678901}",
                Map.of("vae", "vae/", "dtype", "x"));
        assertThat(text.replaceAll("\\s", ""))
                .isEqualTo("{\"a\":1e-05,\"vae\":\"vae/\",\"b\":[1,{\"vae\":null}],"
                        + "\"big\":123456789012345678901,\"dtype\":\"x\"}");
    }
}
