package dev.nextstep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nextstep.engine.TokenNormalization;
import dev.nextstep.flow.Guidance.NormLimit;
import dev.nextstep.flow.GuidanceSchedule;
import dev.nextstep.flow.HeadType;
import dev.nextstep.flow.Sampler;
import dev.nextstep.image.GenerationParameters;
import dev.nextstep.image.PictureTexts;
import dev.nextstep.image.Pixels;
import dev.nextstep.tensor.Precision;
import dev.nextstep.transformer.KvType;
import dev.nextstep.transformer.RopeFrequencies;
import dev.nextstep.vae.CodeGeneration;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Recipes in picture files: nothing gets lost, nothing damaged is believed. */
class RecipeTest {
    private static final Pixels GREY = Pixels.of(2, 1, new byte[] {1, 2, 3, 4, 5, 6});
    private static final List<String> TEXTS = List.of(
            "",
            "a red heart",
            "Negative prompt: none\nSteps: 3, Sampler: x, Seed: 1",
            "\"quotes\", colons: and\ttabs\r\nlines ",
            "心 🍎 ünï \u202e \u0000 \ud800 lone");

    private static <E> E any(Random random, E[] values) {
        return List.of(values).get(random.nextInt(values.length));
    }

    static Recipe random(Random random) {
        var task = random.nextBoolean() ? Recipe.Task.EDIT : Recipe.Task.GENERATE;
        var hash = "%064x".formatted(random.nextLong() & Long.MAX_VALUE);
        var samplers = List.of("s1", "s2", "sde", "cps", "ode", "heun", "midpoint");
        var settings = new DrawingSettings(
                16 * (1 + random.nextInt(100)),
                16 * (1 + random.nextInt(100)),
                Sampler.of(samplers.get(random.nextInt(samplers.size())), random.nextFloat()),
                2 + random.nextInt(100),
                1 + random.nextFloat() * 10,
                1 + random.nextFloat() * 10,
                any(random, GuidanceSchedule.values()),
                any(random, NormLimit.values()),
                0.01f + random.nextFloat() * 9,
                any(random, TokenNormalization.values()),
                TEXTS.get(random.nextInt(TEXTS.size())),
                TEXTS.get(random.nextInt(TEXTS.size())),
                random.nextBoolean() ? new LateSteps(2 + random.nextInt(20), random.nextFloat()) : LateSteps.NONE,
                1 + random.nextInt(3));
        return new Recipe(
                task,
                TEXTS.get(random.nextInt(TEXTS.size())),
                settings,
                random.nextLong(),
                random.nextInt(5),
                task == Recipe.Task.EDIT ? List.of(SourcePicture.of(GREY), new SourcePicture(hash, 7, 9)) : List.of(),
                new ModelIdentity("org/model, \"x\"@é", random.nextBoolean() ? Optional.of(hash) : Optional.empty()),
                new Arithmetic(
                        any(random, Precision.values()),
                        any(random, RopeFrequencies.values()),
                        any(random, CodeGeneration.values()),
                        any(random, KvType.values()),
                        random.nextBoolean() ? "cpu" : "torch",
                        any(random, HeadType.values())),
                "0.1.0");
    }

    @Test
    void jsonKeepsEverything() throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            var recipe = random(random);
            var json = recipe.toJson();
            assertThat(Recipe.fromJson(json))
                    .as("seed %d, %d: %s", seed, i, json)
                    .isEqualTo(recipe);
            assertThat(json).matches("[ -~]+");
            var tree = new ObjectMapper().readTree(json); // another reader sees the same
            assertThat(tree.get("prompt").asText()).isEqualTo(recipe.prompt());
            assertThat(tree.get("seed").asLong()).isEqualTo(recipe.seed());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.png", "a.jpg", "a.webp"})
    void everyFormatCarriesIt(String name, @TempDir Path folder) {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 40; i++) {
            var recipe = random(random);
            new Picture(GREY, new float[0], recipe).write(folder.resolve(name));
            var texts = PictureTexts.read(folder.resolve(name));
            assertThat(Recipe.of(texts)).as("seed %d, %d", seed, i).contains(recipe);
            assertThat(texts.find(Picture.PARAMETERS)).isPresent();
        }
    }

    @Test
    void textIsReadBackAsFarAsItGoes() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            var recipe = random(random);
            var found = GenerationParameters.parse(recipe.toText());
            var partial = RecipeText.partial(found);
            String what = "seed %d, %d: %s".formatted(seed, i, recipe.toText());
            assertThat(partial.prompt()).as(what).isEqualTo(recipe.prompt());
            assertThat(partial.seed()).as(what).isEqualTo(OptionalLong.of(recipe.seed()));
            assertThat(partial.index()).as(what).isEqualTo(recipe.index());
            assertThat(partial.options()).as(what).isEqualTo(DrawingOptions.of(recipe.settings()));
        }
    }

    @Test
    void textIsWhatOtherProgramsShow() {
        var settings = DrawingSettings.MODEL_CARD;
        var recipe = new Recipe(
                Recipe.Task.GENERATE,
                "a red heart",
                settings,
                7,
                0,
                List.of(),
                new ModelIdentity("emoji", Optional.of("ab".repeat(32))),
                Arithmetic.DEFAULT,
                "0.1.0");
        assertThat(recipe.toText())
                .startsWith("a red heart\nNegative prompt: ")
                .contains("\nSteps: 28, Sampler: s2, CFG scale: 7.5, Seed: 7, Size: 512x512, Model hash: ababababab, "
                        + "Model: emoji, Task: generate");
    }

    @Test
    void picturesOfOtherProgramsGiveWhatTheyHave() {
        var texts = new PictureTexts(
                List.of(
                        new PictureTexts.Entry(
                                PictureTexts.Source.PNG_CHUNK,
                                "parameters",
                                "a cat\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 5, Size: 512x768, Model: sd_xl, Version: v1.9")));
        assertThat(Recipe.of(texts)).isEmpty();
        var found = (FoundRecipe.Partial) FoundRecipe.in(texts).orElseThrow();
        assertThat(found.prompt()).isEqualTo("a cat");
        assertThat(found.seed()).hasValue(5);
        assertThat(found.model()).isEqualTo("sd_xl");
        assertThat(found.options())
                .isEqualTo(new DrawingOptions(
                        512, 768, null, 20, 7f, null, null, null, null, null, null, null, null, null));
        assertThat(FoundRecipe.in(new PictureTexts(List.of()))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ | [{ | not a JSON object",
                "$ | 1 | more after the JSON object",
                "\"steps\":28 | \"steps\":\"28\" | key 'steps' is '28', expected a whole number from 1 to 10000",
                "\"steps\":28 | \"steps\":0 | key 'steps' is '0'",
                "\"steps\":28 | \"steps\":2.5 | key 'steps' is '2.5'",
                "\"steps\":28 | \"step\":28 | key 'steps' is missing",
                "\"steps\":28 | \"steps\":28,\"steps\":29 | not valid JSON",
                "\"steps\":28 | \"steps\":28,\"new\":1 | key 'new' is unknown",
                "\"seed\":7 | \"seed\":99999999999999999999 | key 'seed'",
                "\"s2\" | \"s9\" | unknown sampler 's9'",
                "\"guidance_scale\":7.5 | \"guidance_scale\":0 | guidance scale must be between",
                "\"guidance_scale\":7.5 | \"guidance_scale\":1e99 | guidance scale must be between",
                "\"guidance_scale\":7.5 | \"guidance_scale\":null | key 'guidance_scale' is 'null'",
                "\"constant\" | \"cubic\" | one of constant, linear-decreasing, linear-increasing",
                "\"use_norm\":false | \"use_norm\":\"no\" | expected true or false",
                "\"sources\":[] | \"sources\":[{}] | key 'sources.sha256' is missing",
                "\"sources\":[] | \"sources\":[1] | expected an object",
                "\"sources\":[] | \"sources\":{} | expected an array",
                "\"index\":0 | \"index\":-1 | key 'index' is '-1'",
                "\"generate\" | \"edit\" | cannot have 0 source pictures",
                "\"format\":1 | \"format\":2 | newer version"
            })
    void damageIsNamed(String part, String instead, String message) {
        var json = new Recipe(
                        Recipe.Task.GENERATE,
                        "",
                        DrawingSettings.MODEL_CARD,
                        7,
                        0,
                        List.of(),
                        new ModelIdentity("m", Optional.empty()),
                        Arithmetic.DEFAULT,
                        "1")
                .toJson();
        var damaged = part.equals("$") ? json + instead : json.replace(part, instead);
        assertThat(damaged).isNotEqualTo(json);
        assertThatThrownBy(() -> Recipe.fromJson(damaged))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining(message)
                .message()
                .hasLineCount(1);
    }

    /** Cut off anywhere or with any byte changed, it is read as it was, as something valid, or refused by name. */
    @Test
    void noDamageIsARawError() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 3000; i++) {
            var json = new StringBuilder(random(random).toJson());
            switch (random.nextInt(3)) {
                case 0 -> json.setLength(random.nextInt(json.length()));
                case 1 -> json.setCharAt(random.nextInt(json.length()), (char) random.nextInt(0x3000));
                default -> json.insert(random.nextInt(json.length()), "[{\"0,".charAt(random.nextInt(5)));
            }
            try {
                Recipe.fromJson(json.toString());
            } catch (RecipeException e) {
                assertThat(e.getMessage()).as("seed %d, %d", seed, i).hasLineCount(1);
            }
        }
    }

    @Test
    void modelsAreNamedAfterTheirFolderOrRepository() {
        assertThat(ModelIdentity.idOf(Path.of("models/emoji"))).isEqualTo("emoji");
        assertThat(ModelIdentity.idOf(Path.of("hub/models--stepfun-ai--NextStep-1.1/snapshots/abc")))
                .isEqualTo("stepfun-ai/NextStep-1.1@abc");
    }
}
