package dev.nextstep.server.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nextstep.ImageTokens;
import dev.nextstep.server.RunningServer;
import dev.nextstep.server.config.Setting;
import dev.nextstep.server.drawing.RowStatistics;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a page about jobs needs of the API: another order of what waits, statistics of rows, the settings of the model. */
class MovedJobsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path data;

    @SuppressWarnings("NullAway.Init")
    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start(data, Map.of(Setting.PICTURES_AT_ONCE, "1"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String create(String body) {
        var answer = server.post("/v1/jobs", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return answer.json().path("id").asString();
    }

    private static RunningServer.Answer patch(String id, String body) {
        return server.send(HttpRequest.newBuilder(server.uri("/v1/jobs/" + id))
                .header("Content-Type", "application/json")
                .method("PATCH", HttpRequest.BodyPublishers.ofString(body)));
    }

    private static int position(String id) {
        return server.get("/v1/jobs/" + id).json().path("position").intValue();
    }

    @Test
    void whatWaitsIsMoved() {
        var blocker = create("{\"prompt\": \"a city\", \"size\": \"256x256\", \"steps\": 2000}");
        server.awaitState(blocker, "running");
        var waiting = "{\"prompt\": \"x\", \"steps\": 2, \"size\": \"16x16\"}";
        var a = create(waiting);
        var b = create(waiting);
        var c = create(waiting);
        assertThat(List.of(position(a), position(b), position(c))).containsExactly(0, 1, 2);

        assertThat(patch(c, "{\"before\": \"%s\"}".formatted(b)).status()).isEqualTo(200);
        assertThat(List.of(position(a), position(c), position(b))).containsExactly(0, 1, 2);
        assertThat(patch(b, "{\"before\": \"%s\"}".formatted(a))
                        .json()
                        .path("position")
                        .intValue())
                .isZero();
        var first = patch(c, "{\"priority\": 9}").json();
        assertThat(first.path("priority").intValue()).isEqualTo(9);
        assertThat(List.of(position(c), position(b), position(a))).containsExactly(0, 1, 2);
        assertThat(patch(a, "{\"before\": \"%s\"}".formatted(c))
                        .json()
                        .path("priority")
                        .intValue())
                .as("the priority of the one that it comes before")
                .isEqualTo(9);

        assertThat(patch(a, "{}").param()).isEqualTo("priority");
        assertThat(patch(a, "{\"priority\": 1, \"before\": \"%s\"}".formatted(b))
                        .status())
                .isEqualTo(400);
        assertThat(patch(a, "{\"place\": 1}").code()).isEqualTo("unknown_parameter");
        assertThat(patch(a, "{\"before\": \"job_0\"}").status()).isEqualTo(404);
        assertThat(patch(a, "{\"before\": \"%s\"}".formatted(blocker)).code()).isEqualTo("wrong_state");
        server.delete("/v1/jobs/" + blocker);
        for (var id : List.of(a, b, c)) {
            server.awaitState(id, "completed");
        }
        assertThat(patch(a, "{\"priority\": 1}").code()).isEqualTo("wrong_state");
    }

    @Test
    void rowsHaveStatistics() {
        var tokens = new ImageTokens(2, 2, new float[] {1, 3, 1, 3, 0, 0, 0, 4});
        assertThat(RowStatistics.of(tokens)).containsExactly(new RowStatistics(2, 1), new RowStatistics(1, 3));

        var id = create("{\"prompt\": \"a star\", \"steps\": 8}");
        var rows = server.awaitState(id, "completed").at("/pictures/0/row_statistics");
        assertThat(rows).hasSize(4);
        rows.forEach(row -> {
            assertThat(row.path("mean").doubleValue()).isBetween(-0.5, 0.5);
            assertThat(row.path("variance").doubleValue()).isBetween(0.3, 3.0);
        });
    }

    @Test
    void modelsTellTheirSettings() {
        var model = server.get("/v1/models").json().at("/data/0");
        assertThat(model.path("pixels_per_token").intValue()).isEqualTo(16);
        assertThat(model.path("styles")).hasSize(5);
        assertThat(model.at("/generate/size").asString()).isEqualTo("64x64");
        assertThat(model.at("/edit/image_guidance_scale").doubleValue()).isEqualTo(1.5);
        assertThat(model.path("samplers")).hasSize(7);
    }
}
