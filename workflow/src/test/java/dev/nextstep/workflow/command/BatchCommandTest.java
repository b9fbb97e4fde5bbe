package dev.nextstep.workflow.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nextstep.Recipe;
import dev.nextstep.image.PictureTexts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchCommandTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    Path folder;

    private Path list(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static JsonNode json(String text) throws IOException {
        return MAPPER.readTree(text);
    }

    private static Recipe recipe(Path picture) {
        return Recipe.of(PictureTexts.read(picture)).orElseThrow();
    }

    @Test
    void aDryRunDrawsNothingAndSaysWhatItWouldTake() throws IOException {
        var out = folder.resolve("out");
        var list = list("p.csv", "prompt,count,size\na star,3,\na moon,1,128x64\n");
        var result = Cli.onModel("batch", list, "--out", out, "--dry-run", "--json");
        assertThat(result.code()).as(result.err()).isZero();
        var facts = json(result.out());
        assertThat(facts.path("pictures").asInt()).isEqualTo(4);
        assertThat(facts.path("seconds").asDouble()).isBetween(0.01, 60.0);
        assertThat(facts.path("most_bytes").asLong()).isGreaterThan(4 * 3 * 64 * 64);
        assertThat(facts.path("first").asText()).isEqualTo("0001-a-star");
        assertThat(out).doesNotExist();
        assertThat(Cli.onModel("batch", list, "--out", out, "--dry-run").out())
                .contains("pictures  4", "time      about", "disk      at most", "0004-a-moon");
    }

    @Test
    void theCommandLineGoesBeforeTheFileOfSettings() throws IOException {
        var config = list("c.yaml", "preset: premium\noutput: {name: \"x/{job}-{image}\"}\noutput_formats: [jpg]\n");
        var list =
                list("p.json", "{\"prompts\": [{\"prompt\": \"a star\", \"count\": 2}], \"settings\": {\"steps\": 4}}");
        var out = folder.resolve("out");
        var result = Cli.onModel(
                "batch",
                list,
                "--config",
                config,
                "--out",
                out,
                "--quality",
                "draft",
                "--formats",
                "png,webp",
                "--steps",
                "3",
                "--json");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.err()).contains("preset draft (512 pixels, 20 steps, guidance 6.0) is 64 pixels");
        assertThat(json(result.out()).path("done").asInt()).isEqualTo(2);
        assertThat(out.resolve("x/1-2.webp")).exists();
        assertThat(out.resolve("x/1-1.jpg")).doesNotExist();
        assertThat(recipe(out.resolve("x/1-1.png")).settings().steps()).isEqualTo(3);
        assertThat(recipe(out.resolve("x/1-2.png")).index()).isEqualTo(1);
        var described = json(Files.readString(out.resolve("x/1-1.json")));
        assertThat(described.path("preset").asText()).isEqualTo("draft");
        assertThat(described.at("/recipe/steps").asInt()).isEqualTo(3);
        assertThat(described.at("/model/weights_sha256").asText()).hasSize(64);
        assertThat(described.at("/published_quality/overall_score").isNumber()).isTrue();
        assertThat(described.path("timestamp").asText()).contains("T");
        assertThat(out.resolve("index.html")).exists();
    }

    @Test
    void standardInputIsReadAndTheSecondRunDrawsNothing() throws IOException {
        var before = System.in;
        var out = folder.resolve("out");
        try {
            for (int run = 0; run < 2; run++) {
                System.setIn(new ByteArrayInputStream("a star\n# no\na moon\n".getBytes(StandardCharsets.UTF_8)));
                var result = Cli.onModel("batch", "-", "--out", out, "--steps", "2", "--no-metadata");
                assertThat(result.code()).as(result.err()).isZero();
                assertThat(result.out()).contains("2 of 2 pictures");
            }
        } finally {
            System.setIn(before);
        }
        assertThat(Files.readAllLines(out.resolve("batch.journal.jsonl"))).hasSize(3);
        assertThat(out.resolve("0001-a-star.json")).doesNotExist();
    }

    @Test
    void triesForQualityAreListedAndTheBestIsKept() throws IOException {
        var out = folder.resolve("out");
        var list = list("p.txt", "a cat\n");
        var result = Cli.onModel(
                "batch",
                list,
                "--out",
                out,
                "--steps",
                "2",
                "--min-quality",
                "1",
                "--attempts",
                "3",
                "--measure",
                "published");
        assertThat(result.code()).as(result.err()).isZero();
        var item = json(Files.readString(out.resolve("manifest.json"))).at("/results/0");
        assertThat(item.path("attempts")).hasSize(3);
        int chosen = item.path("chosen_attempt").asInt() - 1;
        double best = 0;
        for (var attempt : item.path("attempts")) {
            best = Math.max(best, attempt.path("quality").asDouble());
        }
        assertThat(item.path("attempts").get(chosen).path("quality").asDouble()).isEqualTo(best);
        assertThat(recipe(out.resolve("0001-a-cat.png")).seed())
                .isEqualTo(item.path("attempts").get(chosen).path("seed").asLong());
    }

    @Test
    void configShowSaysWhereEachValueCameFrom() throws IOException {
        var config = list("c.json", "{\"batch_size\": 9, \"quality_presets\": {\"poster\": {\"size\": 2048}}}");
        var result = Cli.run("config", "show", "--config", config);
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out())
                .containsPattern("batch_size +9 +.*c\\.json:1")
                .containsPattern("retries +2 +default")
                .containsPattern("quality_presets\\.poster +2048 pixels, 28 steps, guidance 7\\.5 +.*c\\.json:1");
        var facts = json(Cli.run("config", "show", "--config", config, "--json").out());
        assertThat(facts.at("/batch_size/value").asInt()).isEqualTo(9);
        assertThat(facts.at("/quality_presets.poster/size").asInt()).isEqualTo(2048);
    }

    @Test
    void qualityScoresPicturesAndCanGate() throws IOException {
        var picture = folder.resolve("star.png");
        assertThat(Cli.onModel("generate", "a star", "--seed", 1, "--quality", "draft", "--out", picture)
                        .code())
                .isZero();
        assertThat(recipe(picture).settings().steps()).isEqualTo(20);
        var result = Cli.run("quality", picture, "--json");
        var scores = json(result.out()).at("/pictures/0");
        assertThat(scores.path("quality").asDouble()).isBetween(0.0, 1.0);
        assertThat(scores.at("/published/overall_score").asDouble()).isBetween(0.0, 1.0);
        assertThat(Cli.run("quality", picture, "--min-quality", "0").code()).isZero();
        assertThat(Cli.run("quality", picture, "--min-quality", "1").code()).isEqualTo(1);
        assertThat(Cli.run("quality", folder.resolve("none.png")).code()).isEqualTo(3);
    }

    @Test
    void presetsAreForGenerate() {
        var result = Cli.onModel("edit", "-i", folder.resolve("none.png"), "make it blue", "--quality", "draft");
        assertThat(result.code()).isNotZero();
        result = Cli.onModel("generate", "a star", "--quality", "fine", "--out", folder.resolve("a.png"));
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.last()).contains("there is no preset 'fine'; there are draft, standard");
        assertThat(Cli.onModel("generate", "a star", "--quality", "7.5").last()).contains("neither a quality of JPEG");
    }
}
