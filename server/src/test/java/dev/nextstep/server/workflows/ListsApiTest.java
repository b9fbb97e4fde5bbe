package dev.nextstep.server.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nextstep.cli.Main;
import dev.nextstep.server.RunningServer;
import dev.nextstep.server.RunningServer.Answer;
import dev.nextstep.server.config.Setting;
import dev.nextstep.server.http.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Workflows and batches give what the command line gives, as ordinary jobs. */
class ListsApiTest {
    private static final String OWN = """
            name: seasons
            title: "{place} through the year"
            description: Pictures of a place.
            quality: draft
            parameters:
              place: {title: Place, max_length: 60}
              count: {title: How many, type: whole, min: 1, max: 9, default: 2}
              light: {title: Light, type: choice, default: day, choices: {day: bright, dusk: dark}}
            variants:
              - {name: calm, title: Calm, guidance: 2, steps: 3}
              - {name: loud, title: Loud, guidance: 3, steps: 4}
            pictures:
              - name: spring
                title: "{place} in spring"
                aspect: "2:1"
                prompt: "{count} of {place}, {light}"
                short: "{place}"
              - name: night
                prompt: "{place} under stars"
                when: {light: dusk}
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static RunningServer server;

    @BeforeAll
    static void start() throws IOException {
        Files.createDirectories(folder.resolve("data/workflows"));
        Files.writeString(folder.resolve("data/workflows/seasons.yaml"), OWN);
        Files.writeString(folder.resolve("data/workflows/wrong.yaml"), "name: wrong\n");
        var presets = folder.resolve("presets.yaml");
        Files.writeString(presets, "batch_size: 2\nquality_presets:\n  poster: {size: 1536, steps: 4, guidance: 9}\n");
        server = RunningServer.start(
                folder.resolve("data"),
                Map.of(
                        Setting.MAX_PROMPTS, "4",
                        Setting.MAX_PICTURES, "3",
                        Setting.QUEUE_LIMIT_PER_KEY, "9",
                        Setting.PRESETS, presets.toString()));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void command(Object... args) {
        var out = new StringWriter();
        int code = Main.run(
                new PrintWriter(out, true),
                new PrintWriter(out, true),
                Stream.concat(Stream.of(args), Stream.of("--model", RunningServer.MODEL))
                        .map(String::valueOf)
                        .toArray(String[]::new));
        assertThat(code).as(out.toString()).isZero();
    }

    private static Answer batch(String query, String mediaType, String list, String... headers) {
        var request = HttpRequest.newBuilder(server.uri("/v1/batches" + query))
                .header("Content-Type", mediaType)
                .POST(HttpRequest.BodyPublishers.ofString(list));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return server.send(request);
    }

    private static JsonNode done(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        var id = answer.json().path("id").asString();
        assertThat(answer.header("Location")).isEqualTo("/v1/jobs/" + id);
        return server.awaitState(id, "completed");
    }

    private static Map<String, byte[]> unpacked(byte[] zip) throws IOException {
        var files = new TreeMap<String, byte[]>();
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), in.readAllBytes());
            }
        }
        return files;
    }

    private static Map<String, byte[]> packageOf(JsonNode job) throws IOException {
        var answer = server.get(job.at("/list/package_url").asString());
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/zip");
        return unpacked(answer.body());
    }

    /** Files of a folder that the command line wrote, under their names in a package. */
    private static Map<String, byte[]> folderOf(Path out, String title) throws IOException {
        var there = new TreeMap<String, byte[]>();
        try (var files = Files.list(out)) {
            for (var each : files.toList()) {
                if (!each.toString().endsWith(".jsonl")) {
                    there.put("batch/" + each.getFileName(), Files.readAllBytes(each));
                }
            }
        }
        there.computeIfPresent(
                "batch/index.html",
                (name, page) -> text(page).replace(title, "Batch").getBytes(StandardCharsets.UTF_8));
        return there;
    }

    /** All files are the same, but for when a picture was drawn and how long it took. */
    private static void assertSame(Map<String, byte[]> here, Map<String, byte[]> there) {
        assertThat(here.keySet()).isEqualTo(there.keySet());
        here.forEach((name, bytes) -> {
            var other = Objects.requireNonNull(there.get(name));
            if (name.endsWith(".json")) {
                assertThat(timeless(bytes)).as(name).isEqualTo(timeless(other));
            } else if (name.endsWith(".html")) {
                assertThat(text(bytes)).as(name).isEqualTo(text(other));
            } else {
                assertThat(bytes).as(name).isEqualTo(other);
            }
        });
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static JsonNode timeless(byte[] json) {
        var root = (ObjectNode) Json.MAPPER.readTree(json);
        root.remove(List.of("timestamp", "seconds"));
        root.path("results")
                .forEach(result -> result.path("files").forEach(file -> {
                    if (file.path("name").asString().endsWith(".json")) {
                        ((ObjectNode) file).remove(List.of("bytes", "sha256"));
                    }
                }));
        return root;
    }

    @Test
    void aWorkflowGivesThePackageOfTheCommandLine() throws IOException {
        var out = folder.resolve("run/seasons");
        command(
                "workflow",
                "run",
                folder.resolve("data/workflows/seasons.yaml"),
                "place=the moon",
                "light=dusk",
                "--seed",
                "7",
                "--formats",
                "png,jpg,webp",
                "--out",
                out,
                "--zip");
        var job = done(
                server.post(
                        "/v1/workflows/seasons/jobs",
                        "{\"parameters\": {\"place\": \"the moon\", \"light\": \"dusk\"}, \"seed\": 7, \"formats\": \"png,jpg,webp\"}"));
        assertThat(job.at("/list/title").asString()).isEqualTo("the moon through the year");
        assertThat(job.at("/list/notes/0").asString()).contains("preset draft", "64 pixels");
        assertThat(job.at("/list/workflow/prompts").asString()).isEqualTo("short");
        assertThat(job.at("/list/workflow/parameters/1/value").asString()).isEqualTo("2");
        assertThat(job.path("pictures")).hasSize(4);
        assertThat(job.at("/pictures/1/settings/name").asString()).isEqualTo("spring-loud");
        assertThat(job.at("/pictures/1/settings/steps").intValue()).isEqualTo(4);
        assertThat(job.at("/pictures/1/settings/guidance_scale").doubleValue()).isEqualTo(3);
        assertSame(packageOf(job), unpacked(Files.readAllBytes(out.resolveSibling(out.getFileName() + ".zip"))));
        var one = server.get(job.at("/pictures/1/url").asString());
        assertThat(one.body()).isEqualTo(Files.readAllBytes(out.resolve("spring-loud.png")));
        assertThat(one.header("Content-Disposition")).contains("spring-loud.png");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            application/json          | json | {"prompts": ["a star", {"prompt": "a \\ud83d\\ude00", "count": 2, "seed": 4, "aspect": "2:1", "name": "grin"}, {"prompt": "a heart", "steps": 2, "negative_prompt": "blue", "quality": "premium"}], "settings": {"steps": 3, "formats": "webp"}}
            application/yaml          | yaml | prompts: [a star, {prompt: a heart, size: 32x48}]~settings: {formats: jpg}
            text/csv; charset=utf-8   | csv  | prompt,seed,guidance~a star,1,2.5~"a heart, red",,1.5
            text/plain                | txt  | a star~# not this~a heart
            """)
    void aBatchGivesTheFolderOfTheCommandLine(String mediaType, String ending, String list) throws IOException {
        var text = list.replace('~', '\n');
        var file = folder.resolve("list." + ending);
        Files.writeString(file, text);
        var out = folder.resolve("batch-" + ending);
        command("batch", file, "--seed", "3", "--quality", "draft", "--steps", "3", "--out", out);
        var job = done(batch("?seed=3&quality=draft&steps=3", mediaType, text));
        assertSame(packageOf(job), folderOf(out, "list." + ending));
    }

    @Test
    void presetsOfTheServersOwnAreThoseOfTheCommandLinesFile() throws IOException {
        var presets = server.get("/v1/presets").json().path("data");
        assertThat(presets.valueStream().map(each -> each.path("name").asString()))
                .containsExactly("draft", "standard", "premium", "educational", "poster");
        assertThat(presets.at("/4/size").intValue()).isEqualTo(64);
        assertThat(presets.at("/4/steps").intValue()).isEqualTo(4);
        assertThat(presets.at("/4/description").asString()).contains("preset poster (1536 pixels");
        var file = folder.resolve("posters.txt");
        Files.writeString(file, "a star\na heart");
        var out = folder.resolve("posters");
        command("batch", file, "--config", folder.resolve("presets.yaml"), "--quality", "poster", "--out", out);
        var job = done(batch("?quality=poster", "text/plain", "a star\na heart"));
        assertThat(job.at("/pictures/0/settings/quality").asString()).isEqualTo("poster");
        assertSame(packageOf(job), folderOf(out, "posters.txt"));
        var unknown = batch("?quality=posters", "text/plain", "a star");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.message()).contains("draft, standard, premium, educational, poster");
    }

    /** Of few steps: some pictures are damaged below their first row, some everywhere, some not. */
    @ParameterizedTest
    @CsvSource({"false, artifacts, 0.7", "true, artifacts, 0.7", "false, published, 1"})
    void whatIsNotGoodEnoughIsDrawnAgainAsByTheCommandLine(boolean isRepaired, String measure, double least)
            throws IOException {
        var list = "a star\na heart\na penguin\na snowman";
        var file = folder.resolve("wanted.txt");
        Files.writeString(file, list);
        var out = folder.resolve("wanted-%s-%s".formatted(isRepaired, measure));
        var arguments = new ArrayList<Object>(List.of("batch", file, "--seed", 3, "--steps", 5));
        arguments.addAll(List.of("--min-quality", least, "--attempts", 3, "--measure", measure, "--out", out));
        if (isRepaired) {
            arguments.add("--repair");
        }
        command(arguments.toArray());
        var job = done(batch(
                "?seed=3&steps=5&min_quality=%s&attempts=3&measure=%s&repair=%s".formatted(least, measure, isRepaired),
                "text/plain",
                list));
        assertSame(packageOf(job), folderOf(out, "wanted.txt"));

        int again = 0;
        int repaired = 0;
        for (var picture : job.path("pictures")) {
            var tries = picture.path("tries");
            assertThat(tries.path("attempts").size()).isBetween(1, 3);
            again += tries.path("attempts").size() - 1;
            var kept = tries.path("attempts").path(tries.path("chosen").intValue());
            assertThat(picture.at("/settings/seed")).isEqualTo(kept.path("seed"));
            var branch = server.post(
                    "/v1/jobs/%s/branches".formatted(job.path("id").asString()),
                    "{\"picture\": %d, \"row\": 2, \"seed\": 9}"
                            .formatted(picture.path("number").intValue()));
            if (kept.path("kept_rows").intValue() > 0) {
                repaired++;
                assertThat(branch.status()).isEqualTo(409);
                assertThat(branch.message()).contains("was repaired");
            } else {
                assertThat(done(branch).at("/settings/seed")).isEqualTo(kept.path("seed"));
            }
        }
        assertThat(again).as("tries again").isPositive();
        assertThat(repaired > 0).as("pictures that kept rows of a try before").isEqualTo(isRepaired);
    }

    @Test
    void sentAgainItIsTheSameJobAndAnotherListIsRefused() {
        var first = batch("?steps=2", "text/plain", "a star", "Idempotency-Key", "list-1");
        var again = batch("?steps=2", "text/plain", "a star", "Idempotency-Key", "list-1");
        assertThat(again.json().path("id")).isEqualTo(first.json().path("id"));
        assertThat(batch("?steps=3", "text/plain", "a star", "Idempotency-Key", "list-1")
                        .status())
                .isEqualTo(422);
        assertThat(batch("?steps=2", "text/plain", "a moon", "Idempotency-Key", "list-1")
                        .status())
                .isEqualTo(422);
        done(first);
    }

    @Test
    void aPackageIsThereWhenTheJobHasEndedAndSaysWhatWasNotDrawn() throws IOException {
        var answer = batch("?steps=400", "text/plain", "a star\na moon\na heart");
        var id = answer.json().path("id").asString();
        assertThat(answer.json().at("/list/package_url").isMissingNode()).isTrue();
        var early = server.get("/v1/jobs/%s/package.zip".formatted(id));
        assertThat(early.status()).isEqualTo(409);
        var cancelled = server.delete("/v1/jobs/" + id).json();
        assertThat(cancelled.path("state").asString()).isEqualTo("cancelled");
        var files = packageOf(cancelled);
        var manifest = Json.MAPPER.readTree(files.get("batch/manifest.json"));
        assertThat(manifest.path("open").intValue()).isPositive();
        assertThat(manifest.path("pictures").intValue()).isEqualTo(3);
        var plain = server.post("/v1/jobs", "{\"prompt\": \"a star\", \"steps\": 2, \"size\": \"16x16\"}");
        var none = server.get(
                "/v1/jobs/%s/package.zip".formatted(plain.json().path("id").asString()));
        assertThat(none.status()).isEqualTo(404);
        assertThat(none.message()).contains("has no package");
    }

    @Test
    void anyPictureOfAListCanBeDrawnWithAnotherEnd() {
        var job = done(
                batch("?steps=2", "application/json", "[\"a star\", {\"prompt\": \"a moon\", \"size\": \"32x48\"}]"));
        var id = job.path("id").asString();
        assertThat(server.post("/v1/jobs/%s/branches".formatted(id), "{\"picture\": 1, \"row\": 3}")
                        .message())
                .contains("3 rows");
        var branch =
                done(server.post("/v1/jobs/%s/branches".formatted(id), "{\"picture\": 1, \"row\": 2, \"seed\": 9}"));
        assertThat(branch.at("/settings/size").asString()).isEqualTo("32x48");
        assertThat(branch.at("/settings/seed")).isEqualTo(job.at("/pictures/1/settings/seed"));
        assertThat(branch.has("list")).isFalse();
    }

    @Test
    void workflowsAreListedWithWhatTheyAskFor() {
        var all = new HashMap<String, JsonNode>();
        server.get("/v1/workflows")
                .json()
                .path("data")
                .forEach(each -> all.put(each.path("name").asString(), each));
        assertThat(all).containsOnlyKeys("brand", "marketing", "education", "seasons", "wrong");
        var wrong = Objects.requireNonNull(all.get("wrong"));
        assertThat(wrong.path("error").asString()).contains("wrong.yaml").doesNotContain(folder.toString());
        var seasons = server.get("/v1/workflows/seasons").json();
        assertThat(seasons).isEqualTo(all.get("seasons"));
        var parameters = new ArrayList<String>();
        seasons.path("parameters").forEach(each -> parameters.add(each.toString()));
        assertThat(parameters)
                .containsExactly(
                        "{\"name\":\"place\",\"title\":\"Place\",\"type\":\"text\",\"max_length\":60,\"required\":true}",
                        "{\"name\":\"count\",\"title\":\"How many\",\"type\":\"whole\",\"min\":1,\"max\":9,\"required\":false,\"default\":\"2\"}",
                        "{\"name\":\"light\",\"title\":\"Light\",\"type\":\"choice\",\"choices\":[\"day\",\"dusk\"],\"required\":false,\"default\":\"day\"}");
        assertThat(seasons.at("/variants/1/guidance").doubleValue()).isEqualTo(3);
        assertThat(seasons.path("pictures")).hasSize(2);
        assertThat(server.get("/v1/workflows/none").status()).isEqualTo(404);
        assertThat(server.get("/v1/workflows/..%2Fqueue").status()).isIn(400, 404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            seasons | {}                                                  | 400 | place is missing
            seasons | {"parameters": {"place": "x", "colour": "red"}}     | 400 | no parameter
            seasons | {"parameters": {"place": "x", "count": 10}}         | 400 | whole number from 1 to 9
            seasons | {"parameters": {"place": ["x"]}}                    | 400 | an object whose values are texts
            seasons | {"parameters": {"place": "x"}, "quality": "best"}   | 400 | there is no preset
            seasons | {"parameters": {"place": "x"}, "formats": "gif"}    | 400 | allowed is a list of png, jpg, webp
            seasons | {"parameters": {"place": "x"}, "size": "64x64"}     | 400 | unknown or unsupported parameter
            wrong   | {}                                                  | 409 | has a mistake
            none    | {}                                                  | 404 | there is no workflow
            """)
    void aRunThatCannotBeIsRefused(String name, String json, int status, String message) {
        var answer = server.post("/v1/workflows/%s/jobs".formatted(name), json);
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.message()).contains(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                 | application/json | {"prompts": ["a"          | 400 | is not valid YAML
            ''                 | application/json | {"prompts": []}           | 400 | there is no prompt
            ''                 | application/json | [{"prompt": "a", "stepz": 2}] | 400 | unknown key 'stepz'
            ''                 | text/csv         | a,b                       | 400 | unknown column 'a'
            ''                 | text/html        | a                         | 415 | application/json or application/yaml or text/csv or text/plain
            ''                 | text/plain       | a~b~c~d~e                 | 413 | the list has 5 prompts, and at most 4
            ''                 | application/json | [{"prompt": "a", "count": 4}] | 400 | count is 4, allowed is 1 to 3
            ''                 | application/json | [{"prompt": "a", "count": 3}, {"prompt": "b", "count": 3}, {"prompt": "c", "count": 3}, {"prompt": "d", "count": 3}] | 413 | asks for 12 pictures
            ''                 | application/json | [{"prompt": "a", "size": "17x16"}] | 400 | multiples of 16
            ''                 | application/json | [{"prompt": "a", "size": "4096x4096"}] | 400 | at most 1048576 pixels
            ?quality=best      | text/plain       | a                         | 400 | there is no preset 'best'
            ?size=1&aspect=1:1 | text/plain       | a                         | 400 | one of the two
            ?name=../{index}   | text/plain       | a                         | 400 | must stay in the output folder
            ?positiv=x         | text/plain       | a                         | 400 | unknown or unsupported parameter 'positiv'
            ?min_quality=2     | text/plain       | a                         | 400 | a number from 0 to 1
            ?attempts=21       | text/plain       | a                         | 400 | a whole number from 1 to 20
            ?repair=true       | text/plain       | a                         | 400 | give that too
            ?measure=beauty    | text/plain       | a                         | 400 | artifacts
            """)
    void aListThatCannotBeIsRefused(String query, String mediaType, String list, int status, String message) {
        var answer = batch(query.replace("{", "%7B").replace("}", "%7D"), mediaType, list.replace('~', '\n'));
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.message()).contains(message);
    }

    @Test
    void hostileListsAreRefused() {
        assertThat(batch("", "application/json", "[".repeat(300_000)).status()).isEqualTo(400);
        assertThat(batch("", "text/plain", "a".repeat(1 << 21)).status()).isEqualTo(413);
        assertThat(batch("", "application/yaml", "a: &a [x, x]\nb: &b [*a, *a]\nprompts: [*b, *b]")
                        .status())
                .isEqualTo(400);
    }
}
