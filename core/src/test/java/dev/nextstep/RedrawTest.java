package dev.nextstep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.engine.Cancellation;
import dev.nextstep.engine.TokenNormalization;
import dev.nextstep.flow.Guidance.NormLimit;
import dev.nextstep.flow.GuidanceSchedule;
import dev.nextstep.flow.Sampler;
import dev.nextstep.image.PictureTexts;
import dev.nextstep.image.Pixels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A picture is drawn again from its file, byte for byte. */
class RedrawTest {
    private static final Path MODEL = Path.of(System.getProperty("project.root"), "models/emoji");
    private static final List<String> PROMPTS = List.of("a red heart", "", "心 🍎 ünï", "line\nNegative prompt: x");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static NextStep one;

    @SuppressWarnings("NullAway.Init")
    private static NextStep two;

    @BeforeAll
    static void open() {
        System.setProperty("nextstep.cache", folder.resolve("cache").toString());
        one = NextStep.open(MODEL, OpenOptions.DEFAULT.withThreads(1));
        two = NextStep.open(MODEL, OpenOptions.DEFAULT.withThreads(2));
    }

    @AfterAll
    static void close() {
        one.close();
        two.close();
        System.clearProperty("nextstep.cache");
    }

    private static <B extends RequestBuilder<B>> B randomly(B builder, Random random) {
        var samplers = List.of("s1", "s2", "sde", "cps", "ode", "heun", "midpoint");
        builder.sampler(Sampler.of(samplers.get(random.nextInt(samplers.size())), random.nextFloat()))
                .steps(2 + random.nextInt(2))
                .guidanceScale(random.nextInt(3) == 0 ? 1 : 1 + random.nextFloat() * 6)
                .lateSteps(
                        random.nextBoolean()
                                ? new LateSteps(2 + random.nextInt(3), random.nextFloat())
                                : LateSteps.NONE)
                .guidanceEvery(1 + random.nextInt(3))
                .guidanceSchedule(any(random, GuidanceSchedule.values()))
                .normLimit(any(random, NormLimit.values()))
                .tokenNormalization(any(random, TokenNormalization.values()))
                .timestepShift(0.5f + random.nextFloat() * 3);
        if (random.nextBoolean()) {
            builder.negativePrompt("blurry").positivePrompt("noto style");
        }
        return builder;
    }

    private static <E> E any(Random random, E[] values) {
        return List.of(values).get(random.nextInt(values.length));
    }

    private static Pixels source(Random random) {
        var rgb = new byte[3 * 20 * 30];
        random.nextBytes(rgb);
        return Pixels.of(20, 30, rgb);
    }

    /** 50 random requests: in a group with another seed and two threads, then alone from the file with one thread. */
    @Test
    void sameBytesFromTheFile() throws IOException {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            boolean edit = i % 5 == 4;
            var source = source(random);
            var prompt = PROMPTS.get(random.nextInt(PROMPTS.size()));
            long first = random.nextLong();
            long second = random.nextLong();
            List<Picture> group;
            if (edit) {
                var builder = randomly(EditRequest.builder(prompt, source).size(32, 16), random)
                        .guidanceScale(1.1f + random.nextFloat() * 6) // image guidance needs text guidance
                        .imageGuidanceScale(1 + random.nextInt(2));
                group = two.editTogether(
                        List.of(
                                builder.seed(first).build(),
                                builder.seed(second).count(2).build()),
                        DrawingListener.NONE,
                        new Cancellation());
            } else {
                var builder = randomly(
                        GenerateRequest.builder(prompt)
                                .size(16 * (1 + random.nextInt(2)), 16 * (1 + random.nextInt(2))),
                        random);
                group = two.generateTogether(
                        List.of(
                                builder.seed(first).build(),
                                builder.seed(second).count(2).build()),
                        DrawingListener.NONE,
                        new Cancellation());
            }
            assertThat(group).hasSize(3);
            var chosen = group.get(random.nextInt(3));
            var ending = List.of("png", "webp", "jpg").get(random.nextInt(3));
            var file = folder.resolve("a." + ending);
            chosen.write(file);
            var recipe = Recipe.of(PictureTexts.read(file)).orElseThrow();
            assertThat(recipe).isEqualTo(chosen.recipe());
            assertThat(recipe.model().weightsHash()).contains(one.weightsHash());
            var again = edit ? one.edit(request(recipe, source)) : one.generate(request(recipe));
            var copy = folder.resolve("b." + ending);
            again.write(copy);
            assertThat(Files.mismatch(file, copy))
                    .as("seed %d, request %d: %s", seed, i, recipe.toJson())
                    .isEqualTo(-1);
        }
    }

    private static GenerateRequest request(Recipe recipe) {
        return new GenerateRequest(
                recipe.prompt(), DrawingOptions.of(recipe.settings()), 1, recipe.index(), recipe.seed());
    }

    private static EditRequest request(Recipe recipe, Pixels source) {
        assertThat(recipe.sources()).containsExactly(SourcePicture.of(source));
        return new EditRequest(
                recipe.prompt(),
                List.of(source),
                DrawingOptions.of(recipe.settings()),
                1,
                recipe.index(),
                recipe.seed());
    }

    @Test
    void onlySeedsMayDifferInAGroup() {
        var a = GenerateRequest.builder("a").steps(2).build();
        var b = GenerateRequest.builder("b").steps(2).build();
        var c = GenerateRequest.builder("a").steps(3).build();
        assertThatThrownBy(() -> one.generateTogether(List.of(a, b), DrawingListener.NONE, new Cancellation()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("same prompt");
        assertThatThrownBy(() -> one.generateTogether(List.of(a, c), DrawingListener.NONE, new Cancellation()))
                .hasMessageContaining("same options");
        assertThatThrownBy(() -> one.generateTogether(List.of(), DrawingListener.NONE, new Cancellation()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shapesGetASizeOfTheModelsArea() {
        var size = one.sizeFor(3, 2, one.generateDefaults());
        assertThat(size.width()).isEqualTo(80);
        assertThat(size.height()).isEqualTo(48);
        assertThat(one.sizeFor(1, 1, one.generateDefaults()).width()).isEqualTo(64);
    }

    @Test
    void hashIsRememberedWhileTheFilesStay() throws IOException {
        var cache = folder.resolve("other-cache");
        var hashes = new WeightsHashes(cache);
        var directory = one.parts().directory();
        assertThat(hashes.find(directory)).isEmpty();
        var hash = hashes.get(directory);
        assertThat(hash).isEqualTo(directory.weightsHash());
        assertThat(hashes.find(directory)).contains(hash);
        try (var notes = Files.list(cache)) {
            var note = notes.toList().getFirst();
            Files.writeString(note, Files.readString(note).replaceFirst("\n.", "\nx"));
        }
        assertThat(hashes.find(directory)).as("another state of the files").isEmpty();
        assertThat(hashes.get(directory)).isEqualTo(hash);
        var blocked = Files.writeString(folder.resolve("a-file"), "");
        assertThat(new WeightsHashes(blocked).get(directory))
                .as("no folder to remember in")
                .isEqualTo(hash);
    }
}
