package dev.nextstep.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nextstep.image.PictureFormat;
import dev.nextstep.image.PictureWriter;
import dev.nextstep.image.Pixels;
import dev.nextstep.image.WriteOptions;
import dev.nextstep.server.Form;
import dev.nextstep.server.RunningServer;
import dev.nextstep.server.RunningServer.Answer;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The document says what the server does. */
class OpenApiTest {
    private static final String QUICK =
            "{\"prompt\": \"a heart\", \"size\": \"32x32\", \"steps\": 2, \"partial_images\": 1}";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path data;

    @SuppressWarnings("NullAway.Init")
    private static RunningServer server;

    @SuppressWarnings("NullAway.Init")
    private static JsonNode document;

    @BeforeAll
    static void start() {
        server = RunningServer.start(data, Map.of());
        document = server.get("/v1/openapi.json").json();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private record Documented(String method, String path, JsonNode operation) {}

    private static List<Documented> operations() {
        var all = new ArrayList<Documented>();
        document.path("paths")
                .forEachEntry((path, item) -> item.forEachEntry((method, operation) ->
                        all.add(new Documented(method.toUpperCase(Locale.ROOT), path, operation))));
        return all;
    }

    /** It is made from the routes: what is left to see is that each is answered, and that something is said of it. */
    @Test
    void everyRouteOfTheDocumentIsAnswered() {
        assertThat(operations()).hasSizeGreaterThan(15);
        for (var each : operations()) {
            var path = each.path.replaceAll("\\{number}", "0").replaceAll("\\{\\w+}", "none");
            var request = HttpRequest.newBuilder(server.uri(path))
                    .header("Content-Type", "application/json")
                    .method(each.method, HttpRequest.BodyPublishers.ofString(each.method.equals("GET") ? "" : "{}"));
            var answer = server.send(request);
            assertThat(answer.status()).as(each.toString()).isNotEqualTo(405).isLessThan(500);
            if (answer.status() == 404) {
                assertThat(answer.message()).as(each.toString()).doesNotStartWith("there is nothing at");
            }
            assertThat(each.operation.path("summary").asString())
                    .as("a sentence about it, in Operations")
                    .isNotBlank()
                    .isNotEqualTo(each.method + " " + each.path);
        }
        var ids = operations().stream()
                .map(each -> each.operation.path("operationId").asString())
                .toList();
        assertThat(ids).doesNotHaveDuplicates();
    }

    @Test
    void whatIsSaidIsSaidOfRoutesThatThereAre() {
        var documented = new HashSet<Route>();
        operations().forEach(each -> documented.add(new Route(each.method, each.path)));
        assertThat(documented)
                .containsAll(List.of(
                        new Route("POST", "/v1/images/generations"),
                        new Route("POST", "/v1/images/edits"),
                        new Route("GET", "/v1/models"),
                        new Route("GET", "/v1/models/{name}"),
                        new Route("POST", "/v1/jobs"),
                        new Route("GET", "/v1/jobs/{id}/events"),
                        new Route("DELETE", "/v1/keys/{id}"),
                        new Route("GET", "/metrics")));
        for (var each : operations()) {
            var responses = each.operation.path("responses");
            assertThat(responses.has("default")).isTrue();
            responses.forEachEntry((status, response) -> response.path("content")
                    .forEachEntry((type, media) -> {
                        if (media.at("/schema").has("$ref")) {
                            assertThat(document.at(media.at("/schema/$ref")
                                                    .asString()
                                                    .substring(1))
                                            .isMissingNode())
                                    .as(each + " " + status + " " + type)
                                    .isFalse();
                        }
                    }));
        }
    }

    private static void fits(Answer answer, String method, String path) {
        var responses = document.path("paths")
                .path(path)
                .path(method.toLowerCase(Locale.ROOT))
                .path("responses");
        var status = Integer.toString(answer.status());
        var response = responses.has(status) ? responses.path(status) : responses.path("default");
        var media = response.path("content").path("application/json");
        assertThat(media.isMissingNode())
                .as("%s %s %s in the document: %s", method, path, status, answer.text())
                .isFalse();
        assertThat(new SchemaCheck(document).problems(answer.json(), media.path("schema")))
                .as("%s %s %s", method, path, answer.text())
                .isEmpty();
    }

    @Test
    void answersFitTheirSchemas() {
        fits(server.get("/v1/models"), "GET", "/v1/models");
        fits(server.get("/v1/models/emoji"), "GET", "/v1/models/{name}");
        fits(server.get("/v1/models/none"), "GET", "/v1/models/{name}");
        var stream = QUICK.replace("}", ", \"stream\": true}");
        assertThat(server.post("/v1/images/generations", stream).header("Content-Type"))
                .startsWith("text/event-stream");
        var images = QUICK.replace(", \"partial_images\": 1", "");
        fits(server.post("/v1/images/generations", images), "POST", "/v1/images/generations");
        fits(
                server.post("/v1/images/generations", images.replace("}", ", \"response_format\": \"url\"}")),
                "POST",
                "/v1/images/generations");
        fits(server.post("/v1/images/generations", "{\"prompt\": 1}"), "POST", "/v1/images/generations");
        fits(server.post("/v1/images/generations", "{}"), "POST", "/v1/images/generations");
        var png =
                PictureWriter.encode(Pixels.of(16, 16, new byte[16 * 16 * 3]), PictureFormat.PNG, WriteOptions.DEFAULT);
        var form = new Form()
                .field("prompt", "x")
                .field("steps", "2")
                .field("size", "16x16")
                .file("image", "a.png", png);
        fits(server.post("/v1/images/edits", form), "POST", "/v1/images/edits");

        var accepted = server.post("/v1/jobs", QUICK.replace("}", ", \"user\": \"me\", \"deadline_seconds\": 600}"));
        assertThat(accepted.status()).isEqualTo(202);
        fits(accepted, "POST", "/v1/jobs");
        var id = accepted.json().path("id").asString();
        server.awaitState(id, "completed");
        fits(server.get("/v1/jobs/" + id), "GET", "/v1/jobs/{id}");
        fits(server.get("/v1/jobs?limit=5"), "GET", "/v1/jobs");
        fits(server.get("/v1/jobs?limit=500"), "GET", "/v1/jobs");
        fits(server.get("/v1/jobs/none"), "GET", "/v1/jobs/{id}");
        fits(server.post("/v1/jobs/%s/pause".formatted(id), ""), "POST", "/v1/jobs/{id}/pause");
        fits(server.post("/v1/jobs/%s/branches".formatted(id), "{\"row\": 1}"), "POST", "/v1/jobs/{id}/branches");
        fits(server.delete("/v1/jobs/" + id), "DELETE", "/v1/jobs/{id}");

        var key = server.post("/v1/keys", "{\"name\": \"x\", \"per_day\": 3}");
        assertThat(key.status()).isEqualTo(201);
        fits(key, "POST", "/v1/keys");
        fits(server.get("/v1/keys"), "GET", "/v1/keys");
        fits(server.delete("/v1/keys/" + key.json().path("id").asString()), "DELETE", "/v1/keys/{id}");
        fits(server.get("/health/live"), "GET", "/health/live");
        fits(server.get("/health/ready"), "GET", "/health/ready");
    }
}
