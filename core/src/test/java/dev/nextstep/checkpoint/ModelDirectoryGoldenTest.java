package dev.nextstep.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.tensor.TensorSource;
import dev.nextstep.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every model directory below the golden {@code lm/} and {@code feb/} opens, is complete, and survives writing. */
class ModelDirectoryGoldenTest {
    @TempDir
    private Path temporary = Path.of("unset");

    private static List<Path> models() throws IOException {
        try (var lm = Files.list(Golden.folder("lm"));
                var feb = Files.list(Golden.folder("feb"))) {
            var found = Stream.concat(lm, feb)
                    .filter(f -> Files.exists(f.resolve("config.json")))
                    .filter(f -> Files.exists(f.resolve("model.safetensors"))
                            || Files.exists(f.resolve("model.safetensors.index.json")))
                    .sorted()
                    .toList();
            assertThat(found).as("model directories").isNotEmpty();
            return found;
        }
    }

    @TestFactory
    Stream<DynamicTest> configurationExplainsEveryTensor() throws IOException {
        return models().stream()
                .map(m -> DynamicTest.dynamicTest(m.getFileName() + "", () -> {
                    try (var model = ModelDirectory.open(m)) {
                        var config = model.config();
                        var json = Golden.json(m.resolve("config.json"));
                        assertThat(config.hiddenSize())
                                .isEqualTo(json.get("hidden_size").asInt());
                        assertThat(config.ropeTheta())
                                .isEqualTo(json.get("rope_theta").asDouble());
                        assertThat(config.tiedEmbeddings())
                                .isEqualTo(json.get("tie_word_embeddings").asBoolean());
                        assertThat(config.json()).isEqualTo(Files.readString(m.resolve("config.json")));
                        requireAll(config, model.tensors());
                        assertThat(model.tensors().unusedNames())
                                .allMatch(n ->
                                        n.equals("gen_pos_embed") || n.contains("future") || n.contains("unknown"));
                        if (hasVae(m)) {
                            assertThat(model.vae().tensors().names())
                                    .contains("encoder.mid.attn_1.q.weight", "decoder.up.0.block.0.norm1.weight");
                        }
                        assertThat(model.tokenizerFile()).exists();
                        assertThat(config.tokens().imagePlaceholder()).isPresent();
                        model.reportUnused();
                    }
                }));
    }

    private static boolean hasVae(Path model) {
        var root = Path.of(System.getProperty("golden.dir", ""));
        return !Golden.isLeftOut(root.relativize(model) + "/vae");
    }

    private static void requireAll(ModelConfig c, TensorSource t) {
        int hidden = c.hiddenSize();
        int queries = c.attentionHeads() * c.headDimension();
        int keys = c.keyValueHeads() * c.headDimension();
        t.require("embed_tokens.weight", c.vocabularySize(), hidden);
        t.require("norm.weight", hidden);
        if (!c.tiedEmbeddings()) {
            t.require("lm_head.weight", c.vocabularySize(), hidden);
        }
        t.require("image_in_projector.weight", hidden, c.tokenDimension());
        t.require("image_in_projector.bias", hidden);
        t.require("image_out_projector.weight", hidden, hidden);
        t.require("image_out_projector.bias", hidden);
        for (int i = 0; i < c.layers(); i++) {
            var layer = "layers." + i + ".";
            t.require(layer + "input_layernorm.weight", hidden);
            t.require(layer + "post_attention_layernorm.weight", hidden);
            for (var p : Map.of("q", queries, "k", keys, "v", keys).entrySet()) {
                t.require(layer + "self_attn." + p.getKey() + "_proj.weight", p.getValue(), hidden);
                if (c.attentionBias()) {
                    t.require(layer + "self_attn." + p.getKey() + "_proj.bias", p.getValue());
                }
            }
            t.require(layer + "self_attn.o_proj.weight", hidden, queries);
            t.require(layer + "mlp.gate_proj.weight", c.intermediateSize(), hidden);
            t.require(layer + "mlp.up_proj.weight", c.intermediateSize(), hidden);
            t.require(layer + "mlp.down_proj.weight", hidden, c.intermediateSize());
        }
        int width = c.flowHeadWidth();
        t.require("image_head.net.input_proj.weight", width, c.tokenDimension());
        t.require("image_head.net.res_blocks." + (c.flowHeadLayers() - 1) + ".in_ln.weight", width);
        t.names().stream().filter(n -> n.startsWith("image_head.")).forEach(t::find);
    }

    @TestFactory
    Stream<DynamicTest> writingKeepsEveryBitAndTheHash() throws IOException {
        return models().stream()
                .filter(ModelDirectoryGoldenTest::hasVae)
                .map(m -> DynamicTest.dynamicTest(m.getFileName() + "", () -> {
                    var target = temporary.resolve("copy-of-" + m.getFileName());
                    try (var model = ModelDirectory.open(m)) {
                        var contents = ModelContents.of(model);
                        var options = new ModelWriter.Options(WeightType.AS_IS, WeightType.AS_IS, 100_000);
                        ModelWriter.write(target, contents, options, IfExists.REFUSE);
                        assertThatThrownBy(() -> ModelWriter.write(target, contents, options, IfExists.REFUSE))
                                .isInstanceOf(CheckpointException.class)
                                .hasMessageContaining("already exists");
                        assertThat(target.resolve("model.safetensors.index.json"))
                                .exists();
                        try (var copy = ModelDirectory.open(target)) {
                            assertThat(copy.weightsHash()).isEqualTo(model.weightsHash());
                            assertThat(copy.config()
                                            .withDetails(2, true, true, true)
                                            .ropeTheta())
                                    .isEqualTo(model.config().ropeTheta());
                            assertThat(copy.vae().config())
                                    .isEqualTo(model.vae().config());
                            assertThat(copy.tokenizerFile()).hasSameBinaryContentAs(model.tokenizerFile());
                        }
                        var half = new ModelWriter.Options(WeightType.BFLOAT16, WeightType.FLOAT16, Long.MAX_VALUE);
                        ModelWriter.write(target, contents, half, IfExists.REPLACE);
                        try (var copy = ModelDirectory.open(target)) {
                            assertThat(copy.config().torchDtype()).contains("bfloat16");
                            assertThat(target.resolve("model.safetensors.index.json"))
                                    .doesNotExist();
                            requireAll(copy.config(), copy.tensors());
                        }
                        try (var left = Files.list(temporary)) {
                            assertThat(left.filter(p -> (p.getFileName() + "").startsWith(".")))
                                    .isEmpty();
                        }
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> bothNamingFamiliesAreTheSameTokenizer() throws IOException {
        var folder = Golden.folder("image").resolve("vae-mini");
        if (!Files.exists(folder)) {
            return Stream.empty(); // The VAE room carries this folder.
        }
        return Stream.of(DynamicTest.dynamicTest("vae-mini", () -> {
            try (var flux = VaeDirectory.open(folder.resolve("checkpoint.pt"));
                    var diffusers = VaeDirectory.open(folder.resolve("diffusers.safetensors"))) {
                assertThat(diffusers.tensors().names())
                        .containsExactlyInAnyOrderElementsOf(flux.tensors().names());
                assertThat(diffusers.weightsHash()).isEqualTo(flux.weightsHash());
            }
        }));
    }
}
