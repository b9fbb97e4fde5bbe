package dev.nextstep.train.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nextstep.checkpoint.IfExists;
import dev.nextstep.checkpoint.ModelConfig;
import dev.nextstep.checkpoint.ModelDirectory;
import dev.nextstep.checkpoint.SafetensorsWriter;
import dev.nextstep.checkpoint.WeightType;
import dev.nextstep.data.vocabulary.BpeTrainer;
import dev.nextstep.data.vocabulary.VocabularySettings;
import dev.nextstep.prompt.SpecialTokens;
import dev.nextstep.prompt.TextTokenizer;
import dev.nextstep.tensor.Tensor;
import dev.nextstep.torch.ModelShapes;
import dev.nextstep.torch.Tensors;
import dev.nextstep.train.run.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tiny language model, in the files of Qwen2.5, becomes a NextStep. */
class LanguageModelStartTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int ROWS = 288;

    @TempDir
    Path folder;

    /** A tokenizer without NextStep's tokens: 256 bytes and the end of text. */
    private Path languageModel(int rows) throws IOException {
        var model = Files.createDirectory(folder.resolve("qwen"));
        new BpeTrainer().train(VocabularySettings.ofSize(266)).write(model);
        var tokenizer =
                (ObjectNode) MAPPER.readTree(model.resolve("tokenizer.json").toFile());
        var added = (ArrayNode) tokenizer.get("added_tokens");
        while (added.size() > 1) {
            added.remove(added.size() - 1);
        }
        Files.writeString(model.resolve("tokenizer.json"), tokenizer.toString());
        Files.delete(model.resolve("added_tokens.json"));
        Files.writeString(model.resolve("tokenizer_config.json"), "{\"bos_token\": null}");
        Files.writeString(model.resolve("config.json"), """
                {"model_type": "qwen2", "hidden_size": 16, "intermediate_size": 24, "num_hidden_layers": 2,
                 "num_attention_heads": 2, "num_key_value_heads": 1, "vocab_size": %d, "rms_norm_eps": 1e-05,
                 "rope_theta": 1000000.0, "max_position_embeddings": 512, "hidden_act": "silu", "use_sliding_window": false,
                 "sliding_window": 128, "tie_word_embeddings": false, "bos_token_id": 256, "eos_token_id": 256}
                """.formatted(rows));
        var random = new Random(1);
        var tensors = new ArrayList<Tensor>();
        var config = ModelConfig.parse(model.resolve("config.json"), Files.readString(model.resolve("config.json")));
        ModelShapes.of(config).forEach((name, shape) -> {
            if (!name.startsWith("image_") && !name.endsWith("o_proj.bias")) {
                int n = 1;
                for (long side : shape) {
                    n *= (int) side;
                }
                var values = new float[n];
                for (int i = 0; i < n; i++) {
                    values[i] = (float) random.nextGaussian();
                }
                tensors.add(Tensor.of(name.startsWith("lm_head") ? name : "model." + name, values, shape));
            }
        });
        SafetensorsWriter.write(
                model.resolve("model.safetensors"), tensors, Map.of(), WeightType.AS_IS, IfExists.REPLACE);
        return model;
    }

    @Test
    void takesWhatIsThereAndAddsWhatBelongsToPictures() throws IOException {
        var model = languageModel(ROWS);
        var text = folder.resolve("text");
        var recipe = (TransformerRecipe) RecipeReader.read("""
                kind: transformer
                language_model: %s
                image_tokenizer: vae
                shape: {flow_width: 8, flow_layers: 1}
                data: {train: [{folder: d, kind: nlp}]}
                rows: {length: 16, area: 32}
                optimizer: {groups: [{name: all, parameters: ["*"], adamw: {learning_rate: 1e-3}}]}
                schedule: {}
                stop: {steps: 1}
                """.formatted(model), "r.yaml");
        assertThat(recipe.origin()).isEqualTo(new ModelOrigin.LanguageModel(model, Path.of("vae")));
        try (var start = LanguageModelStart.open(model, text)) {
            var config = start.config(recipe.shape().orElseThrow(), 4, recipe.lesson());
            assertThat(config.vocabularySize()).isEqualTo(ROWS);
            assertThat(config.rmsNormEpsilon()).isEqualTo(1e-5f);
            assertThat(config.ropeTheta()).isEqualTo(1e6);
            assertThat(config.slidingWindow()).isEmpty();
            assertThat(config.attentionBias()).isTrue();
            assertThat(config.outputBias()).isFalse();
            assertThat(config.flowHeadWidth()).isEqualTo(8);
            assertThat(config.tokenDimension()).isEqualTo(16);
            try (var weights = start.weights(config, 1);
                    var source = ModelDirectory.open(model)) {
                assertThat(weights.all().keySet())
                        .containsExactlyElementsOf(ModelShapes.of(config).keySet());
                assertThat(Tensors.toFloats(weights.get("layers.1.mlp.down_proj.weight")))
                        .isEqualTo(source.tensors()
                                .find("layers.1.mlp.down_proj.weight")
                                .orElseThrow()
                                .toFloats());
                assertThat(Tensors.toFloats(weights.get("image_head.net.final_layer.linear.weight")))
                        .containsOnly(0);
            }
        }
        var tokenizer = TextTokenizer.read(text);
        var special = SpecialTokens.find(tokenizer);
        assertThat(special.eos()).isEqualTo(256);
        // The official order behind the last token (spec §1.3).
        assertThat(special.pad()).isEqualTo(257);
        assertThat(special.imageArea()).isEqualTo(258);
        assertThat(special.beginOfImage()).isEqualTo(259);
        assertThat(special.endOfImage()).isEqualTo(260);
        assertThat(special.imagePlaceholder()).isEqualTo(261);
        assertThat(tokenizer.id("<|end_of_thinking|>")).hasValue(265);
        // A second opening, as when a run goes on, finds the tokenizer there.
        LanguageModelStart.open(model, text).close();
    }

    @Test
    void anEmbeddingWithoutSpareRowsIsRefused() throws IOException {
        var model = languageModel(260);
        assertThatThrownBy(() -> LanguageModelStart.open(model, folder.resolve("text")))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("266 tokens, but the embedding has 260 rows");
    }

    @Test
    void aModelIsNoLanguageModel() {
        assertThatThrownBy(() -> RecipeReader.read("""
                kind: transformer
                from: a
                language_model: b
                data: {train: [{folder: d, kind: nlp}]}
                rows: {length: 16, area: 32}
                optimizer: {groups: [{name: all, parameters: ["*"], adamw: {learning_rate: 1e-3}}]}
                schedule: {}
                stop: {steps: 1}
                """, "r.yaml"))
                .hasMessageContaining("r.yaml:3: language_model: cannot stand beside 'from'");
    }
}
