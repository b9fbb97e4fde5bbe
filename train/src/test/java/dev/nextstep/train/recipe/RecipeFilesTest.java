package dev.nextstep.train.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nextstep.data.DataException;
import dev.nextstep.data.SampleKind;
import dev.nextstep.data.filter.FilterSettings;
import dev.nextstep.image.SourceFit;
import dev.nextstep.torch.Compute;
import dev.nextstep.train.optim.AdamWSettings;
import dev.nextstep.train.optim.Decay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The recipes that come with the project. */
class RecipeFilesTest {
    private static final Path RECIPES = Path.of(System.getProperty("project.root", ".."), "recipes");

    static Stream<Path> files() throws IOException {
        try (var walk = Files.walk(RECIPES)) {
            var files = walk.filter(p -> p.toString().endsWith(".yaml")).toList();
            assertThat(files).hasSizeGreaterThan(8);
            return files.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyFileIsAccepted(Path file) throws IOException {
        if (file.getFileName().toString().endsWith("-filters.yaml")) {
            assertThat(FilterSettings.read(file)).isNotEmpty();
            return;
        }
        var recipe = read(file);
        assertThat(recipe.run().loop().stop()).isNotNull();
    }

    private static TrainingRecipe read(Path file) {
        return RecipeReader.read(RecipeReader.text(file, Map.of()), file.toString());
    }

    private static TransformerRecipe transformer(String name) {
        return (TransformerRecipe) read(RECIPES.resolve(name));
    }

    /** Table 1 of the paper; tokens in billions. */
    @ParameterizedTest
    @CsvSource({
        "stage1,    1e-4, 1, 5000, 200000, 16384, 1230,  0.2, 0.6, 0,   0.2",
        "stage2,    1e-5, 1, 5000, 100000, 16384, 610,   0.2, 0.6, 0,   0.2",
        "annealing, 1e-5, 0, 0,    20000,  16384, 40,    0.2, 0.6, 0.1, 0.1",
        "sft,       1e-5, 0, 500,  10000,  8192,  5,     0,   0.9, 0.1, 0",
    })
    void stagesOfThePaper(
            String name,
            double rate,
            double lastFactor,
            long warmup,
            long steps,
            int tokensOfARank,
            double billionTokens,
            double text,
            double pairs,
            double edits,
            double interleaved) {
        var recipe = transformer("paper/" + name + ".yaml");
        var loop = recipe.run().loop();
        assertThat(loop.stop().steps()).hasValue(steps);
        assertThat(loop.learningRate().warmupSteps()).isEqualTo(warmup);
        assertThat(loop.learningRate().decay())
                .isInstanceOf(lastFactor == 1 ? Decay.Constant.class : Decay.Cosine.class);
        assertThat(loop.learningRate().atStep(steps, steps)).isCloseTo(lastFactor, within(1e-12));
        int rank = recipe.lesson().rows() * recipe.packing().maxLength();
        assertThat(rank).isEqualTo(tokensOfARank);
        double tokens = (double) rank * recipe.run().task().accumulation() * steps;
        assertThat(tokens / 1e9).isCloseTo(billionTokens, within(0.01 * billionTokens));
        assertThat(recipe.lesson().objective().textWeight()).isEqualTo(0.01);
        assertThat(recipe.lesson().objective().imageWeight()).isEqualTo(1);
        assertThat(recipe.lesson().flowCopies()).isEqualTo(4);
        assertThat(recipe.run().compute()).isEqualTo(Compute.BF16_MIXED);
        assertThat(recipe.run().task().maxGradientNorm()).isEqualTo(1);
        var decayed = (AdamWSettings) recipe.run().groups().getLast().optimizer();
        assertThat(decayed).isEqualTo(new AdamWSettings(rate, 0.1, 0.9, 0.95, 1e-8));
        assertThat(recipe.run().groups().getFirst().holds("layers.3.self_attn.q_proj.bias", 1))
                .isTrue();
        assertThat(recipe.run().groups().getFirst().holds("layers.3.input_layernorm.weight", 1))
                .isFalse();
        var shares = recipe.training().stream().collect(Collectors.toMap(DataEntry::kind, DataEntry::weight));
        assertThat(shares.getOrDefault(SampleKind.TEXT, 0.0)).isEqualTo(text);
        assertThat(shares.getOrDefault(SampleKind.IMAGE_TEXT, 0.0)).isEqualTo(pairs);
        assertThat(shares.getOrDefault(SampleKind.EDIT, 0.0)).isEqualTo(edits);
        assertThat(shares.getOrDefault(SampleKind.INTERLEAVED, 0.0)).isEqualTo(interleaved);
        assertThat(recipe.shape()).hasValue(ModelShape.released());
        assertThat(recipe.fit())
                .isEqualTo(
                        name.equals("stage1")
                                ? new SourceFit.AspectCrop(256)
                                : new SourceFit.Bucketed(List.of(256, 512)));
    }

    @Test
    void tokenizerOfThePaper() {
        var recipe = (TokenizerRecipe) read(RECIPES.resolve("paper/tokenizer.yaml"));
        assertThat(recipe.settings().batch() * recipe.run().task().accumulation())
                .isEqualTo(512);
        assertThat(recipe.run().loop().stop().steps()).hasValue(50_000);
        assertThat(recipe.run().loop().learningRate().warmupSteps()).isEqualTo(1000);
        assertThat(recipe.run().groups().getFirst().optimizer().learningRate()).isEqualTo(1e-5);
    }

    /** The emoji stages follow each other, and the second has two sizes of pictures at a time. */
    @Test
    void stagesOfTheEmojiModel() {
        var second = transformer("emoji/stage2.yaml");
        var last = transformer("emoji/anneal.yaml");
        assertThat(second.origin()).isEqualTo(new ModelOrigin.Continued(Path.of("runs/edits/model"), Optional.empty()));
        assertThat(last.origin())
                .isEqualTo(new ModelOrigin.Continued(
                        Path.of("runs/stage2/model"), Optional.of(Path.of("runs/decoder128/model"))));
        for (var recipe : List.of(second, last)) {
            assertThat(recipe.training().stream().map(recipe::fit).distinct())
                    .containsExactlyInAnyOrder(new SourceFit.SquareCrop(64), new SourceFit.SquareCrop(128));
            double weights =
                    recipe.training().stream().mapToDouble(DataEntry::weight).sum();
            assertThat(weights).isCloseTo(1, within(1e-9));
            // An edit at 128 pixels has two pictures of 64 tokens with 7 around each at most, and its text.
            assertThat(recipe.packing().maxLength()).isGreaterThanOrEqualTo(2 * (64 + 7) + 100);
        }
    }

    @Test
    void areasOfDataSets() {
        String text = RecipeReader.text(RECIPES.resolve("emoji/stage2.yaml"), Map.of());
        String large = text.replace("area: 128", "area: 512").replace("area: 64", "area: 256");
        var several = (TransformerRecipe) RecipeReader.read(
                large.replace("fit: square", "fit: aspect")
                        .replaceFirst("area: 512, weight: [0-9.]+", "area: [256, 512]"),
                "r.yaml");
        assertThat(several.fit(several.training().getFirst())).isEqualTo(new SourceFit.Bucketed(List.of(256, 512)));
        assertThat(several.fit(several.training().get(1))).isEqualTo(new SourceFit.AspectCrop(256));
        assertThat(several.fit(several.training().getLast())).isEqualTo(new SourceFit.AspectCrop(512));
        refused(text.replaceFirst("area: 128, weight: [0-9.]+", "area: [64, 128]"), "data.train[0].area: has 2 sizes");
        refused(text.replaceFirst("area: 128, weight: [0-9.]+", "area: 120"), "multiple of 16");
        refused(text.replace("fit: square", "fit: aspect"), "multiples of 256");
        refused(text.replace("fit: square", "fit: round"), "rows.fit is 'round'");
        String tokenizer = RecipeReader.text(RECIPES.resolve("emoji/tokenizer.yaml"), Map.of());
        refused(
                tokenizer.replaceFirst("kind: image_text_pair", "area: 64, kind: image_text_pair"),
                "unknown key 'area'");
    }

    /** A run that is resumed computes as it did before, whatever the machine is fast at then. */
    @Test
    void settlesThePrecision() {
        String text = RecipeReader.text(RECIPES.resolve("emoji/stage1.yaml"), Map.of());
        String settled = RecipeReader.settled(text, "r.yaml");
        assertThat(text).contains("precision: auto");
        assertThat(settled).containsPattern("(?m)^precision: (fp32|bf16) ").doesNotContain("auto");
        assertThat(RecipeReader.read(settled, "r.yaml").run())
                .isEqualTo(RecipeReader.read(text, "r.yaml").run());
        assertThat(RecipeReader.settled(settled, "r.yaml")).isEqualTo(settled);
        String silent = RecipeReader.settled(text.replace("precision: auto\n", ""), "r.yaml");
        assertThat(silent).containsPattern("(?m)^precision: (fp32|bf16) ");
        String given = text.replace("precision: auto", "precision: bf16");
        assertThat(RecipeReader.settled(given, "r.yaml")).isEqualTo(given);
        var overridden = RecipeReader.text(RECIPES.resolve("emoji/stage1.yaml"), Map.of("precision", "bf16"));
        assertThat(RecipeReader.read(RecipeReader.settled(overridden, "r.yaml"), "r.yaml")
                        .run()
                        .compute())
                .isEqualTo(Compute.BF16_MIXED);
    }

    private static void refused(String recipe, String reason) {
        assertThatThrownBy(() -> RecipeReader.read(recipe, "r.yaml"))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("r.yaml:")
                .hasMessageContaining(reason);
    }
}
