package dev.nextstep.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import dev.nextstep.Arithmetic;
import dev.nextstep.DrawingSettings;
import dev.nextstep.ModelIdentity;
import dev.nextstep.NextStep;
import dev.nextstep.Recipe;
import dev.nextstep.flow.FlowCps;
import dev.nextstep.flow.GuidanceSchedule;
import dev.nextstep.image.PictureFormat;
import dev.nextstep.image.PictureReader;
import dev.nextstep.image.PictureTexts;
import dev.nextstep.image.PictureWriter;
import dev.nextstep.image.Pixels;
import dev.nextstep.image.WriteOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code generate} and {@code edit} in this JVM, on the model that ships, with few steps and small pictures. */
class DrawingCommandTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @BeforeAll
    static void rememberNothing() {
        System.setProperty("nextstep.cache", System.getProperty("java.io.tmpdir") + "/nextstep-test-cache");
    }

    private static Recipe recipe(Path file) {
        return Recipe.of(PictureTexts.read(file)).orElseThrow();
    }

    private static Pixels pixels(Path file) {
        return new PictureReader().read(file);
    }

    private Path draw(String name, Object... more) {
        var file = folder.resolve(name);
        var words = new java.util.ArrayList<Object>(
                List.of("generate", "a red heart", "--steps", 2, "--size", "32x16", "--out", file));
        words.addAll(List.of(more));
        var done = Commanded.run(words.toArray());
        assertThat(done.err()).isEmpty();
        assertThat(done.code()).isZero();
        return file;
    }

    @Test
    void everyOptionReachesTheRecipe() {
        var file = draw(
                "a.png",
                "--seed",
                -5,
                "--index",
                2,
                "--guidance",
                3.5,
                "--guidance-schedule",
                "linear-increasing",
                "--negative",
                "blurry",
                "--positive",
                "noto style",
                "--sampler",
                "cps",
                "--noise-level",
                0.25,
                "--shift",
                1.5,
                "--use-norm",
                "--norm-limit",
                "--rope",
                "bf16",
                "--threads",
                1);
        var r = recipe(file);
        assertThat(r.prompt()).isEqualTo("a red heart");
        assertThat(r.seed()).isEqualTo(-5);
        assertThat(r.index()).isEqualTo(2);
        var s = r.settings();
        assertThat(s.sampler()).isEqualTo(new FlowCps(0.25f));
        assertThat(s.guidanceScale()).isEqualTo(3.5f);
        assertThat(s.guidanceSchedule()).isEqualTo(GuidanceSchedule.LINEAR_INCREASING);
        assertThat(s.positivePrompt()).isEqualTo("noto style");
        assertThat(s.negativePrompt()).isEqualTo("blurry");
        assertThat(s.timestepShift()).isEqualTo(1.5f);
        assertThat(s.width()).isEqualTo(32);
        assertThat(r.toJson()).contains("\"use_norm\":true", "\"norm_limit\":true", "\"rope\":\"bf16\"");
        assertThat(r.model().id()).isEqualTo("emoji");
        assertThat(r.model().weightsHash()).isPresent();
    }

    @Test
    void drawsAgainFromAFileByteForByteAndOptionsOverride() throws IOException {
        var first = draw("a.webp", "--seed", 7, "--sampler", "sde", "--noise-level", 0.5, "--rope", "bf16");
        var again = folder.resolve("b.webp");
        var done = Commanded.run("generate", "--from", first, "--out", again, "--threads", 1);
        assertThat(done.err()).isEmpty();
        assertThat(Files.mismatch(first, again)).isEqualTo(-1);

        var other = folder.resolve("c.png");
        assertThat(Commanded.run("generate", "--from", first, "--seed", 8, "--sampler", "ode", "--out", other, "a star")
                        .code())
                .isZero();
        assertThat(recipe(other).prompt()).isEqualTo("a star");
        assertThat(recipe(other).seed()).isEqualTo(8);
        assertThat(recipe(other).settings().sampler().id()).isEqualTo("ode");
        assertThat(recipe(other).settings().width()).isEqualTo(32);
    }

    @Test
    void severalSeedsAndPicturesAreTheSameAsAlone() throws IOException {
        var done = Commanded.run(
                "generate",
                "a dog",
                "--steps",
                2,
                "--size",
                "16x16",
                "--seeds",
                "1,2",
                "-n",
                2,
                "--out",
                folder.resolve("{seed}-{index}.png"),
                "--grid",
                folder.resolve("sheet.png"));
        assertThat(done.code()).as(done.err()).isZero();
        assertThat(done.out()).hasLineCount(5).contains("2-1.png: 16 x 16 pixels, seed 2, index 1, ");
        assertThat(pixels(folder.resolve("sheet.png")).width()).isGreaterThan(256);
        for (var name : List.of("1-0.png", "1-1.png", "2-0.png", "2-1.png")) {
            var again = folder.resolve("again.png");
            assertThat(Commanded.run("generate", "--from", folder.resolve(name), "--out", again)
                            .code())
                    .isZero();
            assertThat(Files.mismatch(folder.resolve(name), again)).as(name).isEqualTo(-1);
        }
    }

    @Test
    void shapesGetTheNearestSizeAndSaySo() {
        var file = folder.resolve("a.png");
        var done = Commanded.run("generate", "a dog", "--steps", 2, "--aspect", "3:2", "--out", file);
        assertThat(done.err()).isEqualTo("nextstep: size 80 x 48" + System.lineSeparator());
        assertThat(pixels(file).width()).isEqualTo(80);
    }

    @Test
    void jsonIsOneObjectForEachPicture() throws IOException {
        var done = Commanded.run(
                "generate",
                "心 \"🍎\"",
                "--steps",
                2,
                "--size",
                "16x16",
                "-n",
                2,
                "--seed",
                3,
                "--json",
                "--out",
                folder);
        assertThat(done.code()).isZero();
        var lines = done.out().lines().toList();
        assertThat(lines).hasSize(2);
        for (int i = 0; i < 2; i++) {
            var members = new HashMap<String, String>();
            try (var json = new JsonFactory().createParser(lines.get(i))) {
                assertThat(json.nextToken()).isEqualTo(JsonToken.START_OBJECT);
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String key = json.currentName();
                    json.nextToken();
                    members.put(key, json.getText());
                    json.skipChildren();
                }
                assertThat(json.nextToken()).isNull();
            }
            assertThat(members).containsOnlyKeys("file", "seed", "index", "seconds", "recipe");
            var file = Path.of(members.get("file"));
            assertThat(file).hasFileName("nextstep-" + (i + 1) + ".png").exists();
            assertThat(members.get("index")).isEqualTo(String.valueOf(i));
            assertThat(lines.get(i)).contains(recipe(file).toJson());
        }
    }

    @Test
    void metadataCanBeLeftOut() throws IOException {
        for (var name : List.of("a.png", "a.jpg", "a.webp")) {
            var file = draw(name, "--no-metadata", "--quality", 80);
            assertThat(PictureTexts.read(file).entries()).isEmpty();
            assertThat(new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
                    .doesNotContain("heart");
        }
    }

    @Test
    void promptsComeFromStandardInput() {
        var before = System.in;
        System.setIn(new ByteArrayInputStream("two\nlines\n".getBytes(UTF_8)));
        try {
            var file = folder.resolve("a.png");
            var done = Commanded.run("generate", "-", "--steps", 2, "--size", "16x16", "--out", file);
            assertThat(done.code()).as(done.err()).isZero();
            assertThat(recipe(file).prompt()).isEqualTo("two\nlines");
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void filesAreReplacedOnlyWhenNamedExactlyOrByForce() throws IOException {
        var file = draw("a.png", "--seed", 1);
        var done = Commanded.run("generate", "b", "--steps", 2, "--size", "16x16", "--out", file);
        assertThat(done.out()).contains("(replaced)");
        var quick = new Object[] {
            "generate", "b", "--steps", 2, "--size", "16x16", "--seed", 9, "--out", folder.resolve("{seed}.png")
        };
        assertThat(Commanded.run(quick).out()).contains("9.png: ");
        assertThat(Commanded.run(quick).out()).contains("9-2.png: ");
        assertThat(Commanded.run(quick).out()).contains("9-3.png: ");
    }

    @Test
    void editsAndChecksItsSources() throws IOException {
        var source = draw("source.png", "--seed", 1);
        var other = draw("other.png", "--seed", 2);
        var file = folder.resolve("edited.jpg");
        var done = Commanded.run(
                "edit",
                "-i",
                source,
                "make it blue",
                "--steps",
                2,
                "--size",
                "16x16",
                "--seed",
                4,
                "--image-guidance",
                2,
                "--out",
                file);
        assertThat(done.code()).as(done.err()).isZero();
        assertThat(recipe(file).sources()).hasSize(1);
        assertThat(recipe(file).settings().imageGuidanceScale()).isEqualTo(2);

        var without = Commanded.run("edit", "--from", file);
        assertThat(without.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(without.err())
                .contains(
                        "32 x 16 pixels",
                        recipe(file).sources().getFirst().sha256().substring(0, 12));

        var again = folder.resolve("again.jpg");
        var right = Commanded.run("edit", "--from", file, "-i", source, "--out", again);
        assertThat(right.err()).isEmpty();
        assertThat(Files.mismatch(file, again)).isEqualTo(-1);

        var wrong = Commanded.run("edit", "--from", file, "-i", other, "--out", again);
        assertThat(wrong.code()).isZero();
        assertThat(wrong.err()).hasLineCount(1).contains("is not source 1").contains("will differ");
        var two = Commanded.run("edit", "--from", file, "-i", source, "-i", other, "--out", again);
        assertThat(two.err()).contains("from 1 sources, these are 2");

        assertThat(Commanded.run("generate", "--from", file).err()).contains("use nextstep edit --from");
        var onto = Commanded.run("edit", "-i", source, "x", "--steps", 2, "--out", source);
        assertThat(onto.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(onto.err()).contains("would replace the picture that is read");
    }

    private Path withTexts(String name, Map<String, String> texts) {
        var file = folder.resolve(name);
        PictureWriter.write(
                file, Pixels.of(1, 1, new byte[3]), PictureFormat.PNG, WriteOptions.DEFAULT.withTexts(texts));
        return file;
    }

    @Test
    void saysWhatDiffersFromTheRecipeAndDrawsAnyway() {
        var original = recipe(draw("a.png", "--seed", 1));
        var changed = new Recipe(
                original.task(),
                original.prompt(),
                original.settings(),
                original.seed(),
                0,
                List.of(),
                new ModelIdentity("emoji", Optional.of("ab".repeat(32))),
                original.arithmetic(),
                "9.9.9");
        var out = folder.resolve("again.png");
        var done = Commanded.run("generate", "--from", withTexts("b.png", changed.toTexts()), "--out", out);
        assertThat(done.code()).isZero();
        assertThat(done.err())
                .hasLineCount(2)
                .contains("version 9.9.9, this is " + NextStep.version(), "weights ababababab", "it will differ");
    }

    @Test
    void picturesOfOtherProgramsGiveWhatTheyHave() {
        var file = withTexts(
                "b.png",
                Map.of(
                        "parameters",
                        "a cat\nSteps: 2, Sampler: Euler a, CFG scale: 3, Seed: 5, Size: 16x32, Model: sd"));
        var out = folder.resolve("c.png");
        var done = Commanded.run("generate", "--from", file, "--out", out);
        assertThat(done.code()).as(done.err()).isZero();
        assertThat(done.err()).contains("only settings of webui");
        assertThat(recipe(out).prompt()).isEqualTo("a cat");
        assertThat(recipe(out).seed()).isEqualTo(5);
        assertThat(recipe(out).settings().height()).isEqualTo(32);
        assertThat(recipe(out).settings().sampler().id()).isEqualTo("s1");
    }

    @Test
    void recipesOfModelsThatAreNotHereSayHowToGetThem() {
        var settings = DrawingSettings.MODEL_CARD;
        for (var id : List.of("mine", "nobody/nothing@0123456789abcdef0123456789abcdef01234567")) {
            var recipe = new Recipe(
                    Recipe.Task.GENERATE,
                    "x",
                    settings,
                    1,
                    0,
                    List.of(),
                    new ModelIdentity(id, Optional.empty()),
                    Arithmetic.DEFAULT,
                    NextStep.version());
            var done = Commanded.run("generate", "--from", withTexts("b.png", recipe.toTexts()));
            assertThat(done.code()).isNotZero();
            assertThat(done.err()).hasLineCount(1).containsAnyOf("--model", "nextstep pull " + id);
        }
    }

    @Test
    void damagedRecipesAreNamed() {
        var done = Commanded.run("generate", "--from", withTexts("b.png", Map.of("nextstep", "{\"format\":1}")));
        assertThat(done.code()).isEqualTo(ExitCode.BAD_INPUT.number());
        assertThat(done.err()).hasLineCount(1).contains("b.png: the recipe is damaged: key 'task' is missing");
        var none = Commanded.run("generate", "--from", withTexts("c.png", Map.of()));
        assertThat(none.err()).hasLineCount(1).contains("c.png: it carries no recipe");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "generate | 2 | what to draw",
                "generate x --steps 0 | 2 | steps must be between",
                "generate x --size 17x16 | 2 | multiples of 16",
                "generate x --size 16x16 --aspect 1:1 | 2 | give one of them",
                "generate x --aspect 0:1 | 2 | is not a shape",
                "generate x --seed 1 --seeds 1,2 | 2 | give one of them",
                "generate x --sampler euler | 2 | there are s1",
                "generate x --noise-level 0.5 | 2 | means nothing to sampler s1",
                "generate x --guidance-schedule up | 2 | there are constant",
                "generate x --precision fp8 | 2 | there are fp32",
                "generate x --format gif | 2 | there are png",
                "generate x --format jpg --out a.png | 2 | contradict",
                "generate x --out a.gif | 3 | must end in .png",
                "generate x --out {name}.png | 2 | there is no field {name}",
                "generate x --out no-such-folder/a.png | 3 | no such folder",
                "generate x --grid no-such-folder/a.png | 3 | no such folder",
                "generate x --quality 0 | 2 | quality",
                "generate x -n 0 | 2 | -n must be",
                "generate x --index -1 | 2 | --index must be",
                "generate x --threads 0 | 2 | threads must be",
                "generate x --model no-such-folder | 3 | no such directory",
                "generate x --model nobody/nothing | 3 | nextstep pull nobody/nothing",
                "generate --from no-such.png | 3 | no-such.png",
                "edit x | 2 | Name it with -i",
                "edit -i no-such.png x | 3 | no-such.png",
                "pull nothing | 2 | org/model"
            })
    void mistakesAreOneLineBeforeAnythingIsDrawn(String words, int code, String message) {
        var done = Commanded.run((Object[]) words.split(" ", -1));
        assertThat(done.err()).hasLineCount(1).startsWith("nextstep: ").contains(message);
        assertThat(done.code()).isEqualTo(code);
        assertThat(done.out()).isEmpty();
    }
}
