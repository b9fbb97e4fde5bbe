package dev.nextstep.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nextstep.server.RunningServer;
import dev.nextstep.server.config.Setting;
import dev.nextstep.server.drawing.ArtifactWarning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus reads. */
class MetricsTest {
    @Test
    void drawnPicturesAreMeasuredAndTheDocumentNamesAllThatIs(@TempDir Path data) throws IOException {
        try (var server = RunningServer.start(data, Map.of(Setting.PICTURES_AT_ONCE, "2"))) {
            assertThat(value(server.get("/metrics").text(), "nextstep_tokens_total"))
                    .isZero();
            for (int i = 0; i < 3; i++) {
                var answer = server.post(
                        "/v1/images/generations", "{\"prompt\": \"a heart\", \"size\": \"32x64\", \"steps\": 2}");
                assertThat(answer.status()).isEqualTo(200);
            }
            assertThat(server.get("/v1/jobs/job_none").status()).isEqualTo(404);
            var answer = server.get("/metrics");
            assertThat(answer.header("Content-Type")).startsWith("text/plain");
            var text = answer.text();
            // The first token of a picture is told with the end of its prompt.
            assertThat(value(text, "nextstep_tokens_total")).isBetween(3 * 7.0, 3 * 8.0);
            assertThat(value(text, "nextstep_pictures_ended_total{end=\"completed\"}"))
                    .isEqualTo(3);
            assertThat(value(text, "nextstep_pictures{state=\"completed\"}")).isEqualTo(3);
            assertThat(value(text, "nextstep_queue_depth")).isZero();
            assertThat(value(text, "nextstep_waiting_seconds_count")).isEqualTo(3);
            for (var stage : List.of("prompt", "tokens", "decoding")) {
                assertThat(value(text, "nextstep_stage_seconds_count{stage=\"%s\"}".formatted(stage)))
                        .as(stage)
                        .isEqualTo(3);
            }
            assertThat(value(text, "nextstep_token_variance{part=\"first\"}")).isPositive();
            assertThat(
                            value(
                                    text,
                                    "nextstep_http_request_seconds_count{method=\"GET\",route=\"/v1/jobs/{id}\",status=\"404\"}"))
                    .isEqualTo(1);
            assertThat(value(text, "jvm_memory_used_bytes{area=\"heap\"}")).isPositive();

            var names = text.lines()
                    .filter(line -> line.startsWith("# TYPE "))
                    .map(line -> line.split(" ", -1)[2])
                    .collect(Collectors.toCollection(TreeSet::new));
            var document = Files.readString(Path.of(System.getProperty("project.root"), "docs/server.md"));
            assertThat(names).allSatisfy(name -> assertThat(document).contains("`" + name + "`"));
        }
    }

    /** Far too much guidance drives tokens out of their band, though the pixels look smooth. */
    @Test
    void artifactsAreWarnedOf(@TempDir Path data) {
        try (var server = RunningServer.start(data, Map.of())) {
            assertThat(value(server.get("/metrics").text(), series("token_drift")))
                    .isZero();
            var answer = server.post(
                    "/v1/jobs", "{\"prompt\": \"a red heart\", \"steps\": 8, \"guidance_scale\": 60, \"seed\": 7}");
            var job = server.awaitState(answer.json().path("id").asString(), "completed");
            var warnings = job.at("/pictures/0/warnings");
            assertThat(warnings)
                    .isNotEmpty()
                    .allSatisfy(warning -> assertThat(warning.path("value").asDouble())
                            .isGreaterThan(warning.path("limit").asDouble()));
            assertThat(warnings)
                    .extracting(warning -> warning.path("kind").asString())
                    .contains("token_drift");
            assertThat(server.get("/v1/jobs/" + job.path("id").asString())
                            .json()
                            .at("/pictures/0/warnings"))
                    .isEqualTo(warnings);
            var metrics = server.get("/metrics").text();
            for (var kind : ArtifactWarning.kinds()) {
                boolean isWarned = warnings.valueStream()
                        .anyMatch(warning -> warning.path("kind").asString().equals(kind));
                assertThat(value(metrics, series(kind))).as(kind).isEqualTo(isWarned ? 1 : 0);
            }
        }
    }

    private static String series(String kind) {
        return "nextstep_artifact_warnings_total{kind=\"%s\"}".formatted(kind);
    }

    /** The limits are those that the study of the measures found. */
    @Test
    void limitsAreThoseOfTheStudy() throws IOException {
        var row = Files.readString(Path.of(System.getProperty("project.root"), "docs/workflows.md"))
                .lines()
                .filter(line -> line.startsWith("| 95 % of sound pictures are below |"))
                .findFirst()
                .orElseThrow()
                .split(" *\\| *", -1);
        var kinds = ArtifactWarning.Kind.values();
        for (int i = 0; i < kinds.length; i++) { // in the order of its columns
            assertThat(kinds[i].limit()).as(kinds[i].id()).isEqualTo(Double.parseDouble(row[2 + i]));
        }
    }

    private static double value(String text, String series) {
        return text.lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + series + " in\n" + text));
    }

    @Test
    void driftIsSeenWithinAPictureAndOverMany() {
        var drift = new TokenDrift();
        assertThat(drift.now()).isEmpty();
        var tokens = new float[80];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = (i < 40 ? 0 : 3) + (i % 2 == 0 ? 1 : -1);
        }
        drift.add(tokens);
        var one = drift.now().orElseThrow();
        assertThat(one.first()).isEqualTo(new TokenDrift.Spread(0, 1));
        assertThat(one.last()).isEqualTo(new TokenDrift.Spread(3, 1));
        drift.add(new float[80]);
        assertThat(drift.now().orElseThrow().last().mean()).isCloseTo(1.5, within(1e-9));
        for (int i = 0; i < 2000; i++) {
            drift.add(new float[80]);
        }
        assertThat(drift.now().orElseThrow().last().mean()).isCloseTo(0, within(1e-3));
    }
}
