package dev.nextstep.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.server.Form;
import dev.nextstep.server.RunningServer;
import dev.nextstep.server.StartException;
import dev.nextstep.server.config.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose pictures are in a store that speaks S3, and that is away for a while. */
class StoreAwayTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path data;

    @TempDir
    Path bucket;

    private static Map<Setting, String> settings(S3Server store) {
        var settings = new EnumMap<Setting, String>(Setting.class);
        settings.put(Setting.PICTURES, "s3://" + S3Server.BUCKET + "/emoji");
        settings.put(Setting.S3_ENDPOINT, store.address().toString());
        settings.put(Setting.S3_ACCESS_KEY, S3Server.KEYS.access());
        settings.put(Setting.S3_SECRET_KEY, S3Server.KEYS.secret());
        return settings;
    }

    @Test
    void picturesAndSourcesLieInTheBucketOnly() throws Exception {
        try (var store = S3Server.start(bucket);
                var server = RunningServer.start(data, settings(store))) {
            var drawn = server.post("/v1/images/generations", "{\"prompt\": \"a red heart\", \"steps\": 2}");
            assertThat(drawn.status()).isEqualTo(200);
            var picture = drawn.json().at("/data/0/b64_json").binaryValue();
            var edited = server.post(
                    "/v1/images/edits",
                    new Form()
                            .field("prompt", "make it blue")
                            .field("steps", "2")
                            .file("image", "heart.png", picture));
            assertThat(edited.status()).as(edited.text()).isEqualTo(200);
            assertThat(bucket.resolve(S3Server.BUCKET).resolve("emoji").resolve(Hashes.sha256(picture)))
                    .hasBinaryContent(picture);
            assertThat(Files.exists(data.resolve("pictures"))).isFalse();
        }
    }

    @Test
    void whatIsAcceptedWhileTheStoreIsAwayIsDoneWhenItIsBack() throws Exception {
        try (var store = S3Server.start(bucket);
                var server = RunningServer.start(data, settings(store))) {
            var first = submit(server, 1);
            server.awaitState(first, "completed");
            store.stop();
            var shown = server.get("/v1/jobs/" + first + "/pictures/0");
            assertThat(shown.status()).isEqualTo(503);
            assertThat(shown.code()).isEqualTo("storage_unavailable");
            assertThat(shown.message()).contains("it does not answer");
            assertThat(shown.header("Retry-After")).isNotEmpty();
            var sent = server.post(
                    "/v1/images/edits", new Form().field("prompt", "blue").file("image", "x.png", new byte[] {1}));
            assertThat(sent.code()).isEqualTo("storage_unavailable");
            var second = submit(server, 2);
            var third = submit(server, 3);
            awaitWhole(server, second);
            assertThat(server.delete("/v1/jobs/" + third).status()).isEqualTo(200);
            server.awaitState(third, "cancelled");
            assertThat(server.get("/v1/jobs/" + second).json().path("state").asString())
                    .isEqualTo("running");
            store.goOn();
            server.awaitState(second, "completed");
            var file = server.get("/v1/jobs/" + second + "/pictures/0");
            assertThat(file.status()).isEqualTo(200);
            assertThat(file.header("ETag")).isEqualTo('"' + Hashes.sha256(file.body()) + '"');
        }
    }

    @Test
    void whatWaitsForTheStoreOutlivesTheServer() throws Exception {
        try (var store = S3Server.start(bucket)) {
            var settings = settings(store);
            settings.put(Setting.DRAIN, "100ms");
            String waiting;
            try (var server = RunningServer.start(data, settings)) {
                store.stop();
                waiting = submit(server, 4);
                awaitWhole(server, waiting);
            }
            store.goOn();
            try (var server = RunningServer.start(data, settings)) {
                server.awaitState(waiting, "completed");
                assertThat(server.get("/v1/jobs/" + waiting + "/pictures/0").status())
                        .isEqualTo(200);
            }
        }
    }

    private static String submit(RunningServer server, int seed) {
        var answer =
                server.post("/v1/jobs", "{\"prompt\": \"a red heart\", \"steps\": 2, \"seed\": %d}".formatted(seed));
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return answer.json().path("id").asString();
    }

    // Until nothing is left to draw of it.
    private static void awaitWhole(RunningServer server, String id) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (server.get("/v1/jobs/" + id).json().path("progress").asDouble() < 0.9) {
            assertThat(System.nanoTime()).as("a job that is drawn").isLessThan(end);
            Thread.sleep(10);
        }
    }

    @Test
    void aServerWithoutItsStoreDoesNotStart() {
        var store = S3Server.start(bucket);
        var settings = settings(store);
        store.close();
        assertThatThrownBy(() -> RunningServer.start(data, settings))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("s3://pictures/emoji cannot be used: ")
                .hasMessageNotContaining(S3Server.KEYS.secret());
    }
}
