package dev.nextstep.server.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nextstep.GenerateRequest;
import dev.nextstep.ImageTokens;
import dev.nextstep.NextStep;
import dev.nextstep.image.PictureFormat;
import dev.nextstep.image.PictureReader;
import dev.nextstep.image.PictureTexts;
import dev.nextstep.image.PictureWriter;
import dev.nextstep.image.Pixels;
import dev.nextstep.image.WriteOptions;
import dev.nextstep.server.Form;
import dev.nextstep.server.RunningServer;
import dev.nextstep.server.ServerSentEvents;
import dev.nextstep.server.config.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Ask now, look later. */
class JobsApiTest {
    private static final String QUICK = "\"size\": \"32x64\", \"steps\": 3, \"seed\": 5";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path data;

    @SuppressWarnings("NullAway.Init")
    private static RunningServer server;

    @SuppressWarnings("NullAway.Init")
    private static NextStep model;

    @BeforeAll
    static void start() {
        server = RunningServer.start(data, Map.of(Setting.MAX_PROMPTS, "3", Setting.QUEUE_LIMIT_PER_KEY, "8"));
        model = NextStep.open(RunningServer.MODEL);
    }

    @AfterAll
    static void stop() {
        server.close();
        model.close();
    }

    private static String create(String json, String... headers) {
        var answer = server.post("/v1/jobs", json, headers);
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        var id = answer.json().path("id").asString();
        assertThat(answer.header("Location")).isEqualTo("/v1/jobs/" + id);
        return id;
    }

    @Test
    void severalPromptsAreOneJobAndEachPictureHasItsAddress() {
        var id = create("{\"prompt\": [\"a heart\", \"a star\"], \"n\": 2, \"priority\": 7, \"user\": \"me\", %s}"
                .formatted(QUICK));
        var job = server.awaitState(id, "completed");
        assertThat(job.path("progress").doubleValue()).isEqualTo(1);
        assertThat(job.path("priority").intValue()).isEqualTo(7);
        assertThat(job.path("user").asString()).isEqualTo("me");
        assertThat(job.at("/settings/size").asString()).isEqualTo("32x64");
        assertThat(job.at("/settings/seed").intValue()).isEqualTo(5);
        assertThat(job.at("/usage/output_tokens").intValue()).isEqualTo(4 * 8);
        assertThat(job.path("pictures")).hasSize(4);
        for (int i = 0; i < 4; i++) {
            var picture = job.at("/pictures/" + i);
            assertThat(picture.path("prompt").asString()).isEqualTo(i < 2 ? "a heart" : "a star");
            assertThat(picture.path("index").intValue()).isEqualTo(i % 2);
            var file = server.get(picture.path("url").asString());
            assertThat(file.header("Content-Type")).isEqualTo("image/png");
            assertThat(file.header("ETag"))
                    .isEqualTo('"' + picture.path("sha256").asString() + '"');
            assertThat(file.header("Cache-Control")).contains("immutable", "private");
            assertThat(file.body()).hasSize(picture.path("bytes").intValue());
            var expected = model.generate(GenerateRequest.builder(i < 2 ? "a heart" : "a star")
                    .size(32, 64)
                    .steps(3)
                    .seed(5)
                    .firstIndex(i % 2)
                    .build());
            assertThat(file.body())
                    .isEqualTo(PictureWriter.encode(
                            expected.pixels(),
                            PictureFormat.PNG,
                            WriteOptions.DEFAULT.withTexts(expected.recipe().toTexts())));
            var again = server.get(picture.path("url").asString(), "If-None-Match", file.header("ETag"));
            assertThat(again.status()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
        }
    }

    @Test
    void eventsTellHowAPictureGrowsAndCanBeAskedForAgain() {
        var id = create("{\"prompt\": \"a heart\", \"partial_images\": 3, %s}".formatted(QUICK));
        var events = ServerSentEvents.parse(
                server.get("/v1/jobs/%s/events".formatted(id)).text());
        var names = events.stream()
                .map(ServerSentEvents.Event::name)
                .filter(name -> !name.equals("position"))
                .toList();
        assertThat(names).endsWith("picture.completed", "job").contains("picture.partial");
        var ids = events.stream()
                .map(ServerSentEvents.Event::id)
                .filter(each -> !each.isEmpty())
                .map(Long::parseLong)
                .toList();
        assertThat(ids).isSorted().doesNotHaveDuplicates();
        assertThat(events.getLast().data().path("state").asString()).isEqualTo("completed");

        var last = ids.get(ids.size() - 2);
        var rest = ServerSentEvents.parse(
                server.get("/v1/jobs/%s/events".formatted(id), "Last-Event-ID", Long.toString(last))
                        .text());
        assertThat(rest).extracting(ServerSentEvents.Event::name).containsExactly("job");
        assertThat(server.get("/v1/jobs/%s/events?last_event_id=%d".formatted(id, ids.getLast()))
                        .text())
                .isEmpty();
        assertThat(server.get("/v1/jobs/%s/events".formatted(id), "Last-Event-ID", "x")
                        .param())
                .isEqualTo("Last-Event-ID");
    }

    @Test
    void finishedRowsAreThereBeforeThePictureIs() {
        var id = create(
                "{\"prompt\": \"a heart\", \"partial_images\": 31, \"size\": \"32x512\", \"steps\": 40, \"seed\": 5}");
        var seen = new HashMap<Integer, byte[]>();
        while (seen.size() < 2) {
            var picture = server.get("/v1/jobs/" + id).json().at("/pictures/0");
            assertThat(picture.path("state").asString()).isNotEqualTo("completed");
            if (picture.has("partial_url")) {
                var file = server.get(picture.path("partial_url").asString());
                assertThat(file.status()).isEqualTo(200);
                seen.put(new PictureReader().read(file.body(), "partial").height() / 16, file.body());
            }
        }
        server.delete("/v1/jobs/" + id);
        var whole = model.generate(GenerateRequest.builder("a heart")
                .size(32, 512)
                .steps(40)
                .seed(5)
                .build());
        seen.forEach((rows, file) -> {
            var tokens = new ImageTokens(rows, 2, Arrays.copyOf(whole.tokens(), rows * 2 * 64));
            assertThat(new PictureReader().read(file, "partial")).isEqualTo(model.decode(tokens));
        });
    }

    @Test
    void cancelledJobsAreNotDrawn() {
        var id = create("{\"prompt\": \"a city\", \"size\": \"512x512\", \"steps\": 200}");
        server.awaitState(id, "running");
        var cancelled = server.delete("/v1/jobs/" + id);
        assertThat(cancelled.json().path("state").asString()).isEqualTo("cancelled");
        var events = ServerSentEvents.parse(
                server.get("/v1/jobs/%s/events".formatted(id)).text());
        assertThat(events.getLast().data().path("state").asString()).isEqualTo("cancelled");
        assertThat(server.get("/v1/jobs/%s/pictures/0".formatted(id)).code()).isEqualTo("not_found");
        assertThat(server.delete("/v1/jobs/" + id).status()).isEqualTo(200);
        assertThat(server.post("/v1/jobs/%s/pause".formatted(id), "").code()).isEqualTo("wrong_state");
    }

    @Test
    void pausedJobsWaitAndBranchesBeginLikeTheirJob() {
        var id = create("{\"prompt\": \"a heart\", \"size\": \"128x128\", \"steps\": 60, \"seed\": 5}");
        server.awaitState(id, "running");
        var paused = server.post("/v1/jobs/%s/pause".formatted(id), "");
        assertThat(paused.json().path("state").asString()).as(paused.text()).isEqualTo("paused");
        assertThat(server.post("/v1/jobs/%s/resume".formatted(id), "").status()).isEqualTo(200);
        server.awaitState(id, "completed");

        var branch = server.post("/v1/jobs/%s/branches".formatted(id), "{\"row\": 4, \"seed\": 6}");
        assertThat(branch.status()).as(branch.text()).isEqualTo(202);
        var done = server.awaitState(branch.json().path("id").asString(), "completed");
        assertThat(done.at("/settings/branches/0/row").intValue()).isEqualTo(4);
        var recipe = dev.nextstep.Recipe.of(PictureTexts.read(
                        server.get(done.at("/pictures/0/url").asString()).body()))
                .orElseThrow();
        assertThat(recipe.rerolls()).containsExactly(new dev.nextstep.Reroll(32, 6));
        assertThat(server.post("/v1/jobs/%s/branches".formatted(id), "{\"row\": 8}")
                        .param())
                .isEqualTo("row");
        assertThat(server.post("/v1/jobs/%s/branches".formatted(id), "{\"row\": 1, \"picture\": 1}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void theSameRequestSentAgainIsTheSameJob() {
        var body = "{\"prompt\": \"a heart\", %s}".formatted(QUICK);
        var first = create(body, "Idempotency-Key", "k-1");
        assertThat(create("{%s, \"prompt\": \"a heart\", \"user\": null}".formatted(QUICK), "Idempotency-Key", "k-1"))
                .as("the same, in another order")
                .isEqualTo(first);
        var other = server.post("/v1/jobs", "{\"prompt\": \"a star\"}", "Idempotency-Key", "k-1");
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.code()).isEqualTo("idempotency_key_reused");
        assertThat(server.post("/v1/jobs", body, "Idempotency-Key", "a b").param())
                .isEqualTo("Idempotency-Key");

        var image = "{\"prompt\": \"a heart\", \"size\": \"32x32\", \"steps\": 2}"; // its seed is random
        var once = server.post("/v1/images/generations", image, "Idempotency-Key", "k-2")
                .json();
        var twice = server.post("/v1/images/generations", image, "Idempotency-Key", "k-2")
                .json();
        assertThat(twice).isEqualTo(once);
        var stream = server.post(
                "/v1/images/generations",
                "{\"prompt\": \"a heart\", \"size\": \"32x32\", \"steps\": 2, \"stream\": true}",
                "Idempotency-Key",
                "k-3");
        var replay = server.post(
                "/v1/images/generations",
                "{\"prompt\": \"a heart\", \"size\": \"32x32\", \"steps\": 2, \"stream\": true}",
                "Idempotency-Key",
                "k-3");
        assertThat(ServerSentEvents.parse(replay.text()).getLast().data().path("b64_json"))
                .isEqualTo(
                        ServerSentEvents.parse(stream.text()).getLast().data().path("b64_json"));
    }

    @Test
    void editsAreJobsToo() {
        var png =
                PictureWriter.encode(Pixels.of(64, 64, new byte[3 * 64 * 64]), PictureFormat.PNG, WriteOptions.DEFAULT);
        var answer = server.post(
                "/v1/jobs",
                new Form()
                        .file("image", "a.png", png)
                        .field("prompt", "make it blue")
                        .field("steps", "2")
                        .field("deadline_seconds", "600"),
                "Idempotency-Key",
                "form");
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        assertThat(answer.json().path("task").asString()).isEqualTo("edit");
        assertThat(answer.json().at("/settings/size").asString()).isEqualTo("64x64");
        assertThat(answer.json().path("deadline_at").longValue())
                .isEqualTo(answer.json().path("created_at").longValue() + 600);
        var done = server.awaitState(answer.json().path("id").asString(), "completed");
        assertThat(done.at("/usage/input_tokens_details/image_tokens").intValue())
                .isEqualTo(16);
    }

    @Test
    void listsGoPageByPage() {
        var ids = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            ids.addFirst(create("{\"prompt\": \"list %d %%\", \"size\": \"16x16\", \"steps\": 2}".formatted(i)));
        }
        var found = new ArrayList<String>();
        var after = "";
        while (true) {
            var page = server.get("/v1/jobs?limit=2&q=LIST%20" + after).json();
            page.path("data").forEach(job -> found.add(job.path("id").asString()));
            if (!page.path("has_more").booleanValue()) {
                break;
            }
            after = "&after=" + page.path("last_id").asString();
        }
        assertThat(found).isEqualTo(ids);
        ids.forEach(id -> server.awaitState(id, "completed"));
        assertThat(server.get("/v1/jobs?q=list%203%20%25").json().path("data")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"prompt": []}                            | 400 | prompt
                    {"prompt": ["a", 7]}                      | 400 | prompt
                    {"prompt": ["a", "b", "c", "d"]}          | 400 | prompt
                    {"prompt": "a", "priority": 10}           | 400 | priority
                    {"prompt": "a", "deadline_seconds": 0}    | 400 | deadline_seconds
                    {"prompt": "a", "stream": true}           | 400 | stream
                    {"prompt": "a", "n": 9}                   | 413 |
                    """)
    void refusesWhatItCannotDo(String body, int status, String param) {
        var answer = server.post("/v1/jobs", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.param()).isEqualTo(param == null ? "" : param);
    }

    @Test
    void refusesQuestionsThatAreNone() {
        for (var path : List.of("?limit=0", "?limit=x", "?state=done", "?foo=1")) {
            assertThat(server.get("/v1/jobs" + path).status()).as(path).isEqualTo(400);
        }
        for (var path : List.of("/x", "/x/events", "/x/pictures/0", "/job_%00%0a", "/..%2f..")) {
            assertThat(server.get("/v1/jobs" + path).status()).as(path).isIn(400, 404);
        }
        assertThat(server.post("/v1/jobs/x/pause", "").status()).isEqualTo(404);
        assertThat(server.delete("/v1/jobs/x").status()).isEqualTo(404);
    }

    @Test
    void queuesThatAreFullSayWhenToComeAgain() {
        var blocker = create("{\"prompt\": \"a city\", \"size\": \"512x512\", \"steps\": 200, \"n\": 8}");
        server.awaitState(blocker, "running");
        var ids = new ArrayList<String>(List.of(blocker));
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        RunningServer.Answer answer;
        JsonNode last;
        do { // more than are drawn at once; what was full may be begun a moment later, and there is room again
            answer = server.post("/v1/jobs", "{\"prompt\": \"x\", \"n\": 8, \"size\": \"512x512\", \"steps\": 200}");
            if (answer.status() == 202) {
                ids.add(answer.json().path("id").asString());
            }
            last = server.get("/v1/jobs/" + ids.getLast()).json();
        } while (System.nanoTime() < end
                && ids.size() < 20
                && (answer.status() == 202 || !last.path("state").asString().equals("queued")));
        assertThat(answer.status()).as(answer.text()).isEqualTo(429);
        assertThat(answer.code()).isEqualTo("queue_full");
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
        assertThat(last.path("position").intValue()).as(last.toString()).isNotNegative();
        ids.forEach(id -> server.delete("/v1/jobs/" + id));
    }
}
