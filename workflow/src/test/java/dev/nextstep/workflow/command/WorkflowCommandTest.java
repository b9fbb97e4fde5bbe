package dev.nextstep.workflow.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nextstep.Recipe;
import dev.nextstep.image.PictureTexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkflowCommandTest {
    private static final String EVIL = "</title><script>alert('x')</script>{company}../../etc\" onload=\"y";

    @TempDir
    Path folder;

    private static Recipe recipe(Path picture) {
        return Recipe.of(PictureTexts.read(picture)).orElseThrow();
    }

    @Test
    void bothSettingsOfACampaignAreReallyApplied() throws IOException {
        var out = folder.resolve("campaign");
        var result = Cli.onModel(
                "workflow",
                "run",
                "marketing",
                "product=a bicycle",
                "audience=students",
                "theme=spring",
                "--out",
                out,
                "--zip");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).contains("10 of 10 pictures");
        for (String channel : List.of("social-post", "story", "email-header", "web-ad", "poster")) {
            var a = recipe(out.resolve(channel + "-a-conservative.png"));
            var b = recipe(out.resolve(channel + "-b-bold.png"));
            assertThat(a.settings().guidanceScale()).isEqualTo(7.0f);
            assertThat(a.settings().steps()).isEqualTo(25);
            assertThat(b.settings().guidanceScale()).isEqualTo(8.5f);
            assertThat(b.settings().steps()).isEqualTo(35);
            assertThat(a.seed()).isEqualTo(b.seed());
            assertThat(out.resolve(channel + "-a-conservative.png"))
                    .content(java.nio.charset.StandardCharsets.ISO_8859_1)
                    .isNotEqualTo(Files.readString(
                            out.resolve(channel + "-b-bold.png"), java.nio.charset.StandardCharsets.ISO_8859_1));
        }
        assertThat(Files.readString(out.resolve("report.html")))
                .contains("A: conservative", "B: bold", "guidance 7.0, 25 steps", "guidance 8.5, 35 steps");
        var list = new ObjectMapper().readTree(out.resolve("package.json").toFile());
        assertThat(list.path("name").asText()).isEqualTo("marketing");
        assertThat(list.at("/parameters/product").asText()).isEqualTo("a bicycle");
        assertThat(list.at("/variants/1/steps").asInt()).isEqualTo(35);
        assertThat(list.path("done").asInt()).isEqualTo(10);
        try (var zip = new ZipFile(folder.resolve("campaign.zip").toFile())) {
            var names = new TreeSet<String>();
            zip.stream().forEach(entry -> names.add(entry.getName()));
            assertThat(names).hasSize(22).contains("marketing/report.html", "marketing/story-b-bold.png");
        }
    }

    @Test
    void whatUsersWriteIsNeverMarkupNorAPath() throws IOException {
        var out = folder.resolve("brand");
        var result = Cli.onModel(
                "workflow",
                "run",
                "brand",
                "company=" + EVIL.substring(0, 60),
                "industry=" + EVIL.substring(4),
                "--out",
                out,
                "--prompts",
                "full",
                "--quality",
                "draft");
        assertThat(result.code()).as(result.err()).isZero();
        String report = Files.readString(out.resolve("report.html"));
        assertThat(report).contains("&lt;script&gt;alert(&#39;x&#39;)").doesNotContain("<script", "onload=\"");
        assertThat(recipe(out.resolve("logo.png")).prompt()).contains("{company}"); // braces of a value are braces
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)).allMatch(f -> out.equals(f.getParent()));
        }
    }

    @Test
    void lessonsFollowTheStyleOfLearning() throws IOException {
        for (String style : List.of("visual", "conceptual", "practical")) {
            var out = folder.resolve(style);
            var result = Cli.onModel(
                    "workflow",
                    "run",
                    "education",
                    "topic=full moon",
                    "style=" + style,
                    "--out",
                    out,
                    "--dry-run",
                    "--json");
            assertThat(result.code()).as(result.err()).isZero();
            assertThat(new ObjectMapper()
                            .readTree(result.out())
                            .path("pictures")
                            .asInt())
                    .isEqualTo(3);
        }
    }

    @Test
    void usersWriteTheirOwn() throws IOException, InterruptedException {
        var made = Cli.withoutModel("workflow", "new", "seasons", "--like", "education");
        assertThat(Cli.start(folder, made).waitFor()).isZero();
        assertThat(Cli.start(folder, made).waitFor()).as("it is there already").isEqualTo(1);
        assertThat(Cli.start(folder, Cli.withoutModel("workflow", "list")).waitFor())
                .isZero();
        assertThat(Files.readString(folder.resolve("log.txt")))
                .contains("workflows/seasons.yaml: like education", "exists already", "(workflows/seasons.yaml)");
        var own = folder.resolve("own.yaml");
        Files.writeString(own, """
                name: fruit
                title: "Fruit: {kind}"
                parameters: {kind: {type: choice, choices: [apple, pear]}}
                pictures: [{name: one, prompt: "a {kind}"}, {name: two, prompt: "two {kind}s"}]
                """);
        var out = folder.resolve("out");
        var result = Cli.onModel("workflow", "run", own, "kind=apple", "--out", out, "--quality", "draft");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(recipe(out.resolve("one.png")).prompt()).isEqualTo("a apple");
        assertThat(Cli.run("workflow", "show", own).out()).contains("kind: one of apple, pear, needed", "two {kind}s");
        assertThat(Cli.run("workflow", "show", own, "--yaml").out()).isEqualTo(Files.readString(own));
        assertThat(Cli.run("workflow", "list").out()).contains("brand", "marketing", "education");
    }

    @Test
    void theSameRunGoesOnAndAnotherIsRefused() {
        var out = folder.resolve("out");
        Object[] first = {"workflow", "run", "education", "topic=a star", "--out", out, "--quality", "draft"};
        assertThat(Cli.onModel(first).code()).isZero();
        assertThat(Cli.onModel(first).code()).isZero();
        var other = Cli.onModel("workflow", "run", "education", "topic=a moon", "--out", out, "--quality", "draft");
        assertThat(other.code()).isEqualTo(3);
        assertThat(other.last()).contains("belongs to another batch");
    }
}
