package dev.nextstep.train.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nextstep.checkpoint.ModelConfig;
import dev.nextstep.checkpoint.ModelDirectory;
import dev.nextstep.data.vocabulary.VocabularyIds;
import dev.nextstep.prompt.SpecialTokens;
import dev.nextstep.prompt.TextTokenizer;
import dev.nextstep.torch.ModelShapes;
import dev.nextstep.torch.Weights;
import dev.nextstep.train.model.ModelInitializer;
import dev.nextstep.train.model.ModelLessonSettings;
import dev.nextstep.train.run.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A language model of the Qwen2 family as the start of a NextStep (spec §1.3, §8.1): its layers, embedding and LM head are
 * taken, projectors and flow head are fresh, and its text tokenizer gets the tokens that frame pictures.
 */
final class LanguageModelStart implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ModelDirectory model;
    private final VocabularyIds ids;

    private LanguageModelStart(ModelDirectory model, VocabularyIds ids) {
        this.model = model;
        this.ids = ids;
    }

    /**
     * Opens the language model; its text tokenizer with the additional tokens is written where it is not yet.
     *
     * @param text folder of the text tokenizer of the run
     * @throws RunException if the tokenizer cannot be written, or has more tokens than the embedding has rows
     */
    static LanguageModelStart open(Path folder, Path text) {
        var model = ModelDirectory.open(folder);
        try {
            if (!Files.isRegularFile(text.resolve("tokenizer.json"))) {
                NextStepTokens.addTo(folder, text);
            }
            var tokenizer = TextTokenizer.read(text);
            int rows = model.config().vocabularySize();
            if (tokenizer.size() > rows) {
                throw new RunException(
                        "%s: with those of pictures the tokenizer has %d tokens, but the embedding has %d rows; take a language model with spare rows"
                                .formatted(folder, tokenizer.size(), rows));
            }
            return new LanguageModelStart(model, new VocabularyIds(tokenizer.size(), SpecialTokens.find(tokenizer)));
        } catch (IOException e) {
            model.close();
            throw new RunException("the text tokenizer cannot be written to %s: %s".formatted(text, e.getMessage()), e);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /**
     * The configuration of the NextStep: everything as in the language model's file, and what belongs to pictures.
     *
     * @param shape whose flow head and patch are taken
     */
    ModelConfig config(ModelShape shape, int latentChannels, ModelLessonSettings lesson) {
        var config = model.config();
        try {
            var json = (ObjectNode) MAPPER.readTree(config.json());
            json.put("model_type", "nextstep");
            json.putArray("architectures").add("NextStep");
            ids.configEntries().forEach(json::put);
            json.put("vocab_size", config.vocabularySize()); // spare rows stay
            json.put("attention_bias", config.attentionBias());
            json.put("o_attention_bias", config.outputBias());
            json.put("mlp_bias", config.mlpBias());
            json.put("latent_channels", latentChannels).put("latent_patch_size", shape.patchSize());
            json.put("fm_head_dim", shape.flowWidth()).put("fm_head_layers", shape.flowLayers());
            json.put("fm_head_batch_mul", lesson.flowCopies());
            json.put("lm_loss_weight", lesson.objective().textWeight());
            json.put("im_loss_weight", lesson.objective().imageWeight());
            json.put("use_gen_pos_embed", false).put("vae_name_or_path", "vae/");
            return ModelConfig.parse(
                    model.directory().resolve("config.json"), MAPPER.writeValueAsString((JsonNode) json));
        } catch (IOException e) {
            throw new RunException(model.directory() + ": config.json cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * The first weights.
     *
     * @param config of {@link #config}
     * @param seed of the fresh ones
     * @throws dev.nextstep.tensor.TensorException if the language model lacks one
     */
    Weights weights(ModelConfig config, long seed) {
        var fresh = new ModelInitializer(config, seed);
        return Weights.initialize(
                ModelShapes.of(config),
                (name, shape) -> name.startsWith("image_")
                        ? fresh.values(name, shape)
                        : model.tensors().require(name, shape).toFloats());
    }

    @Override
    public void close() {
        model.close();
    }
}
