package dev.nextstep.train.plan;

import dev.nextstep.checkpoint.ModelConfig;
import dev.nextstep.checkpoint.VaeConfig;
import dev.nextstep.data.vocabulary.VocabularyIds;
import dev.nextstep.prompt.SpecialTokens;
import dev.nextstep.train.recipe.ModelOrigin;
import dev.nextstep.train.recipe.ModelShape;
import dev.nextstep.train.recipe.TransformerRecipe;
import dev.nextstep.train.run.RunException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * Sizes of the model that a recipe trains, from the folders it names or, where they are not there, from its {@code shape}.
 *
 * @param config of the model; ids of its tokens mean nothing
 * @param vae of the image tokenizer
 */
record PlannedModel(ModelConfig config, VaeConfig vae) {
    /** f8ch16, the released image tokenizer (spec §1.4). */
    static final VaeConfig RELEASED_VAE =
            new VaeConfig(3, 3, 128, List.of(1, 2, 4, 4), 2, 16, 1, 0, true, true, OptionalInt.of(1));

    private static final int SPECIAL_TOKENS = 10;
    private static final String CONFIG = "config.json";

    /**
     * Finds them.
     *
     * @param assumptions what was supposed is added here
     * @throws RunException if neither the folder nor the shape is there
     */
    static PlannedModel of(TransformerRecipe recipe, List<String> assumptions) {
        var vae = switch (recipe.origin()) {
            case ModelOrigin.Continued o ->
                vae(o.imageTokenizer().orElse(o.model().resolve("vae")), assumptions);
            case ModelOrigin.LanguageModel o -> vae(o.imageTokenizer(), assumptions);
            case ModelOrigin.Fresh o -> vae(o.imageTokenizer(), assumptions);
        };
        var config = switch (recipe.origin()) {
            case ModelOrigin.Continued o ->
                Files.isRegularFile(o.model().resolve(CONFIG))
                        ? ModelConfig.read(o.model().resolve(CONFIG))
                        : supposed(recipe, o.model(), vae, assumptions);
            case ModelOrigin.LanguageModel o ->
                Files.isRegularFile(o.folder().resolve(CONFIG))
                        ? grown(recipe, ModelConfig.read(o.folder().resolve(CONFIG)), vae)
                        : supposed(recipe, o.folder(), vae, assumptions);
            case ModelOrigin.Fresh _ ->
                config(
                        recipe.shape().orElseGet(ModelShape::released),
                        recipe.vocabularySize().orElse(TransformerRecipe.USUAL_VOCABULARY),
                        vae);
        };
        return new PlannedModel(config, vae);
    }

    private static VaeConfig vae(Path folder, List<String> assumptions) {
        if (Files.isRegularFile(folder.resolve(CONFIG))) {
            return VaeConfig.read(folder.resolve(CONFIG));
        }
        assumptions.add("%s is not there: an image tokenizer as the released one".formatted(folder));
        return RELEASED_VAE;
    }

    private static ModelConfig supposed(
            TransformerRecipe recipe, Path folder, VaeConfig vae, List<String> assumptions) {
        if (recipe.shape().isEmpty() || recipe.vocabularySize().isEmpty()) {
            throw new RunException(
                    "%s is not there, and the recipe does not say how large it will be; for a plan give it 'shape' and 'vocabulary'"
                            .formatted(folder));
        }
        assumptions.add("%s is not there: the sizes of the recipe".formatted(folder));
        return config(recipe.shape().get(), recipe.vocabularySize().getAsInt(), vae);
    }

    private static ModelConfig grown(TransformerRecipe recipe, ModelConfig language, VaeConfig vae) {
        var shape = recipe.shape().orElseGet(ModelShape::released);
        return config(
                new ModelShape(
                        language.hiddenSize(),
                        language.layers(),
                        language.attentionHeads(),
                        language.keyValueHeads(),
                        language.headDimension(),
                        language.intermediateSize(),
                        shape.flowWidth(),
                        shape.flowLayers(),
                        shape.patchSize(),
                        language.maxPositions(),
                        language.ropeTheta()),
                language.vocabularySize(),
                vae);
    }

    /** The configuration of a model of this shape; for counting, not for training. */
    static ModelConfig config(ModelShape shape, int vocabulary, VaeConfig vae) {
        int first = vocabulary - SPECIAL_TOKENS;
        var special =
                new SpecialTokens(first, first + 1, first + 2, first + 3, first + 4, first + 5, OptionalInt.empty());
        String json = shape.configJson(new VocabularyIds(vocabulary, special), vae.latentChannels(), 1, 0, 1);
        return ModelConfig.parse(Path.of("plan"), json);
    }
}
