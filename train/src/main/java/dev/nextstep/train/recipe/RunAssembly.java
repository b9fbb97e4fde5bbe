package dev.nextstep.train.recipe;

import dev.nextstep.checkpoint.ModelConfig;
import dev.nextstep.checkpoint.ModelContents;
import dev.nextstep.checkpoint.ModelDirectory;
import dev.nextstep.checkpoint.TaskDefaults;
import dev.nextstep.checkpoint.VaeConfig;
import dev.nextstep.checkpoint.VaeDirectory;
import dev.nextstep.data.DataException;
import dev.nextstep.data.caption.CaptionSettings;
import dev.nextstep.data.files.AtomicFile;
import dev.nextstep.data.mix.MixSource;
import dev.nextstep.data.sequence.PreparationSettings;
import dev.nextstep.data.sequence.SamplePreparation;
import dev.nextstep.data.sequence.SequenceBuilder;
import dev.nextstep.data.shard.DataSet;
import dev.nextstep.data.vocabulary.VocabularyIds;
import dev.nextstep.data.vocabulary.VocabularySettings;
import dev.nextstep.image.SourceFit;
import dev.nextstep.prompt.SpecialTokens;
import dev.nextstep.prompt.TextTokenizer;
import dev.nextstep.torch.ModelShapes;
import dev.nextstep.torch.VaeShapes;
import dev.nextstep.torch.Weights;
import dev.nextstep.train.model.LatentCache;
import dev.nextstep.train.model.ModelFiles;
import dev.nextstep.train.model.ModelInitializer;
import dev.nextstep.train.model.ModelLesson;
import dev.nextstep.train.model.RowSource;
import dev.nextstep.train.optim.ParameterGroups;
import dev.nextstep.train.run.RunException;
import dev.nextstep.train.run.RunFolder;
import dev.nextstep.train.task.LearningTask;
import dev.nextstep.train.task.Lesson;
import dev.nextstep.train.tokenizer.DataSetPictures;
import dev.nextstep.train.tokenizer.TokenizerInitializer;
import dev.nextstep.train.tokenizer.TokenizerLesson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes runs of recipes: opens data, makes or reads weights, deals them out to optimisers. */
public final class RunAssembly {
    private static final String TEXT_TOKENIZER = "text-tokenizer";
    private static final int DEFAULT_SIDE = 512;
    private static final String DEFAULTS = """
            {
              "generate": {
                "width": SIDE,
                "height": SIDE,
                "steps": 28,
                "guidance_scale": 3.0,
                "sampler": "s1",
                "positive_prompt": "",
                "negative_prompt": ""
              },
              "edit": {
                "width": SIDE,
                "height": SIDE,
                "steps": 28,
                "guidance_scale": 2.0,
                "image_guidance_scale": 1.0,
                "timestep_shift": 1.0,
                "sampler": "s1",
                "use_norm": false,
                "negative_prompt": ""
              }
            }
            """;
    /** Most memory for image tokens of pictures that were met before. */
    public static final long LATENT_BYTES = 2L << 30;

    private static final List<String> TEXT_FILES = List.of(
            "tokenizer.json",
            "tokenizer_config.json",
            "vocab.json",
            "merges.txt",
            "added_tokens.json",
            "special_tokens_map.json",
            TaskDefaults.FILE);

    private final RunFolder folder;
    private final int processors;

    private RunAssembly(RunFolder folder, int processors) {
        this.folder = folder;
        this.processors = processors;
    }

    /**
     * Prepares the run of a folder from the recipe in it.
     *
     * @param processors how many threads may compute at once, 1 or more. Another number gives sums in another order, so a run
     *     that is to be repeated to the bit needs the same
     * @throws DataException if the recipe or a data set is wrong
     */
    public static PreparedRun prepare(RunFolder folder, int processors) {
        var assembly = new RunAssembly(folder, processors);
        return switch (RecipeReader.read(folder.recipe(), folder.recipeFile().toString())) {
            case TokenizerRecipe recipe -> assembly.tokenizer(recipe);
            case TransformerRecipe recipe -> assembly.transformer(recipe);
        };
    }

    private PreparedRun prepared(TrainingRecipe recipe, Lesson lesson, List<AutoCloseable> owned) {
        var settings = recipe.run();
        var optimizer = new ParameterGroups(lesson.weights().all(), settings.groups());
        return new PreparedRun(folder, recipe, new LearningTask(lesson, optimizer, settings.task()), owned);
    }

    private PreparedRun tokenizer(TokenizerRecipe recipe) {
        var training = open(recipe.training());
        var validation = open(recipe.validation());
        var owned = new ArrayList<AutoCloseable>(training);
        owned.addAll(validation);
        VaeConfig config;
        Weights weights;
        if (recipe.from().isPresent()) {
            try (var start = VaeDirectory.open(recipe.from().get())) {
                config = start.config();
                weights = Weights.read(start.tensors(), VaeShapes.of(config));
            }
        } else {
            config = recipe.shape();
            weights = Weights.initialize(
                    VaeShapes.of(config),
                    new TokenizerInitializer(recipe.run().loop().seed()));
        }
        var heldOut = validation.isEmpty() ? DataSetPictures.none() : DataSetPictures.of(validation);
        var lesson = new TokenizerLesson(config, recipe.settings(), DataSetPictures.of(training), heldOut, weights);
        return prepared(recipe, lesson, owned);
    }

    private static List<DataSet> open(List<DataEntry> entries) {
        return entries.stream().map(DataEntry::open).toList();
    }

    private PreparedRun transformer(TransformerRecipe recipe) {
        return switch (recipe.origin()) {
            case ModelOrigin.Continued origin -> continued(recipe, origin);
            case ModelOrigin.LanguageModel origin -> grown(recipe, origin);
            case ModelOrigin.Fresh origin -> fresh(recipe, origin.imageTokenizer());
        };
    }

    private PreparedRun continued(TransformerRecipe recipe, ModelOrigin.Continued origin) {
        var model = ModelDirectory.open(origin.model());
        var owned = new ArrayList<AutoCloseable>(List.of(model));
        try {
            var image = model.vae();
            if (origin.imageTokenizer().isPresent()) {
                var folderOfImages = origin.imageTokenizer().get();
                var given = VaeDirectory.open(folderOfImages);
                owned.addFirst(given);
                requireSameLatents(folderOfImages, given.config(), image.config());
                image = given;
            }
            var contents = ModelContents.of(model);
            var vaeTensors = image == model.vae() ? contents.vaeTensors() : image.tensors();
            var files = new ModelFiles(model.config(), image.config(), vaeTensors, contents.otherFiles());
            var weights = Weights.read(model.tensors(), ModelShapes.of(model.config()));
            return transformer(recipe, files, weights, model.tokenizerFile(), owned);
        } catch (RuntimeException e) {
            for (var opened : owned) {
                try {
                    opened.close();
                } catch (Exception closing) {
                    e.addSuppressed(closing);
                }
            }
            throw e;
        }
    }

    /** Other values of latents can be learned, other shapes cannot: they are in the sizes of the model's projectors. */
    private static void requireSameLatents(Path folder, VaeConfig given, VaeConfig needed) {
        if (given.latentChannels() != needed.latentChannels() || given.downsampling() != needed.downsampling()) {
            throw new DataException(
                    "image_tokenizer %s has latents of %d channels at 1/%d of the size; the model was made for %d channels at 1/%d"
                            .formatted(
                                    folder,
                                    given.latentChannels(),
                                    given.downsampling(),
                                    needed.latentChannels(),
                                    needed.downsampling()));
        }
    }

    private PreparedRun grown(TransformerRecipe recipe, ModelOrigin.LanguageModel origin) {
        var image = VaeDirectory.open(origin.imageTokenizer());
        var text = folder.root().resolve(TEXT_TOKENIZER);
        try (var start = LanguageModelStart.open(origin.folder(), text)) {
            writeDefaults(recipe, text);
            var shape = recipe.shape().orElseGet(ModelShape::released);
            var config = start.config(shape, image.config().latentChannels(), recipe.lesson());
            var files = new ModelFiles(config, image.config(), image.tensors(), textFiles(text));
            var weights = start.weights(config, recipe.run().loop().seed());
            return transformer(recipe, files, weights, text.resolve("tokenizer.json"), List.of(image));
        }
    }

    private PreparedRun fresh(TransformerRecipe recipe, Path imageTokenizer) {
        var image = VaeDirectory.open(imageTokenizer);
        var text = folder.root().resolve(TEXT_TOKENIZER);
        var ids = vocabulary(recipe, text);
        writeDefaults(recipe, text);
        var objective = recipe.lesson().objective();
        String json = recipe.shape()
                .orElseGet(ModelShape::released)
                .configJson(
                        ids,
                        image.config().latentChannels(),
                        recipe.lesson().flowCopies(),
                        objective.textWeight(),
                        objective.imageWeight());
        var config = ModelConfig.parse(folder.recipeFile(), json);
        var files = new ModelFiles(config, image.config(), image.tensors(), textFiles(text));
        var weights = Weights.initialize(
                ModelShapes.of(config),
                new ModelInitializer(config, recipe.run().loop().seed()));
        return transformer(recipe, files, weights, text.resolve("tokenizer.json"), List.of(image));
    }

    /**
     * Settings of a new model: pictures as large as those that it learns from. Samples are drawn with them, and who draws
     * with the model gets them without asking.
     */
    private static void writeDefaults(TransformerRecipe recipe, Path text) {
        int side = switch (recipe.fit()) {
            case SourceFit.SquareCrop square -> square.side();
            case SourceFit.AspectCrop aspect -> aspect.area();
            case SourceFit.Bucketed bucketed -> bucketed.areas().getFirst();
            default -> DEFAULT_SIDE;
        };
        try {
            AtomicFile.writeText(text.resolve(TaskDefaults.FILE), DEFAULTS.replace("SIDE", String.valueOf(side)));
        } catch (IOException e) {
            throw new RunException("the settings cannot be written to %s: %s".formatted(text, e.getMessage()), e);
        }
    }

    private static List<Path> textFiles(Path text) {
        return TEXT_FILES.stream()
                .map(text::resolve)
                .filter(Files::isRegularFile)
                .toList();
    }

    /** The vocabulary of the run; learned from all captions when the run is first prepared. */
    private VocabularyIds vocabulary(TransformerRecipe recipe, Path text) {
        try {
            if (!Files.isRegularFile(text.resolve("tokenizer.json"))) {
                var captions = new Captions();
                for (var entry : recipe.training()) {
                    try (var set = entry.open()) {
                        captions.addAll(set);
                    }
                }
                Files.createDirectories(text);
                captions.learn(VocabularySettings.ofSize(
                                recipe.vocabularySize().orElse(TransformerRecipe.USUAL_VOCABULARY)))
                        .write(text);
            }
            var tokenizer = TextTokenizer.read(text.resolve("tokenizer.json"));
            return new VocabularyIds(tokenizer.size(), SpecialTokens.find(tokenizer));
        } catch (IOException e) {
            throw new RunException("the text tokenizer cannot be written to %s: %s".formatted(text, e.getMessage()), e);
        }
    }

    private PreparedRun transformer(
            TransformerRecipe recipe,
            ModelFiles files,
            Weights weights,
            Path tokenizerFile,
            List<AutoCloseable> opened) {
        var tokenizer = TextTokenizer.read(tokenizerFile);
        var special = SpecialTokens.find(tokenizer);
        var builder = new SequenceBuilder(tokenizer, special);
        long seed = recipe.run().loop().seed();
        var settings = new PreparationSettings(
                seed, CaptionSettings.DEFAULT, recipe.tags(), recipe.dropText(), recipe.maxPictures());
        var imageWeights = Weights.read(files.vae(), VaeShapes.of(files.vaeConfig()));
        imageWeights.requireGradients(Weights.Gradients.NOT_WANTED);
        var latents =
                new LatentCache(files.vaeConfig(), imageWeights, files.config().patchSize(), LATENT_BYTES);
        var training = new RowSource(
                sources(recipe, recipe.training()),
                new SamplePreparation(builder, settings),
                latents,
                recipe.packing(),
                special.pad(),
                seed);
        boolean measures = !recipe.validation().isEmpty();
        var validation = new RowSource(
                sources(recipe, measures ? recipe.validation() : recipe.training()),
                new SamplePreparation(builder, settings.forValidation()),
                latents,
                recipe.packing(),
                special.pad(),
                seed);
        var lesson = new ModelLesson(recipe.lesson(), files, training, validation, weights, processors);
        var owned = new ArrayList<AutoCloseable>(List.of(latents));
        owned.addAll(opened);
        return prepared(recipe, lesson, owned);
    }

    private static List<RowSource.Source> sources(TransformerRecipe recipe, List<DataEntry> entries) {
        return entries.stream()
                .map(e -> new RowSource.Source(MixSource.of(e.open(), e.weight()), recipe.fit(e)))
                .toList();
    }
}
