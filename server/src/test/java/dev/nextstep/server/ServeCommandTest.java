package dev.nextstep.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nextstep.server.config.Setting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process: what it says, how it ends. */
class ServeCommandTest {
    @TempDir
    Path folder;

    @Test
    void helpNamesEverySetting() {
        try (var process = ServerProcess.run(folder, Map.of(), "--help")) {
            assertThat(process.awaitExit()).isZero();
            for (var setting : Setting.values()) {
                assertThat(process.output()).contains(setting.option() + "=" + setting.placeholder());
                if (!setting.defaultText().isEmpty()) {
                    assertThat(process.output().replaceAll("\\s+", " "))
                            .contains("Default: " + setting.defaultText() + ".");
                }
            }
            assertThat(process.output()).contains("./nextstep serve --port 9000", "NEXTSTEP_SERVE_PORT");
        }
    }

    @Test
    void wrongSettingsAreOneLineThatNamesTheirPlace() {
        try (var option = ServerProcess.run(folder, Map.of(), "--port", "web");
                var variable = ServerProcess.run(folder, Map.of("NEXTSTEP_SERVE_PRT", "1"));
                var model = ServerProcess.run(
                        folder,
                        Map.of(),
                        "--model",
                        "nowhere",
                        "--port",
                        "0",
                        "--data",
                        folder.resolve("d").toString())) {
            assertThat(option.awaitExit()).isEqualTo(2);
            assertThat(lines(option)).singleElement().asString().startsWith("nextstep: --port: expected");
            assertThat(variable.awaitExit()).isEqualTo(2);
            assertThat(lines(variable)).singleElement().asString().contains("NEXTSTEP_SERVE_PRT");
            assertThat(model.awaitExit()).isEqualTo(3);
            assertThat(lines(model)).singleElement().asString().contains("nowhere");
        }
    }

    private static List<String> lines(ServerProcess process) {
        return process.output()
                .lines()
                .filter(line -> !line.startsWith("WARNING: Using incubator modules"))
                .toList();
    }

    @Test
    void aTakenPortAndATakenFolderAreSaid() throws IOException {
        var data = folder.resolve("data");
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var first = ServerProcess.start(folder, data)) {
            var port = Integer.toString(socket.getLocalPort());
            try (var taken = ServerProcess.run(
                            folder,
                            Map.of(),
                            "--port",
                            port,
                            "--data",
                            folder.resolve("other").toString());
                    var second = ServerProcess.run(folder, Map.of(), "--port", "0", "--data", data.toString())) {
                assertThat(taken.awaitExit()).isEqualTo(1);
                assertThat(lines(taken))
                        .singleElement()
                        .asString()
                        .contains("port " + port + ": Address already in use");
                assertThat(second.awaitExit()).isEqualTo(1);
                assertThat(lines(second)).singleElement().asString().contains("does another server use that folder?");
            }
            assertThat(first.get("/health/ready").orElseThrow().statusCode()).isEqualTo(200);
        }
    }

    /** A picture that is being drawn is finished and sent; one that waits is drawn after the next start. */
    @Test
    void aStopFinishesWhatIsBegunAndKeepsWhatWaits() throws IOException {
        var data = folder.resolve("data");
        var config = Files.writeString(folder.resolve("server.yaml"), "pictures-at-once: 1\nlog-format: json\n");
        String waiting;
        try (var server = ServerProcess.start(folder, data, "--config", config.toString(), "--drain", "5m")) {
            var stream = server.stream(
                    "/v1/images/generations",
                    "{\"prompt\": \"a heart\", \"size\": \"64x128\", \"steps\": 1000, \"stream\": true, \"partial_images\": 7}");
            assertThat(stream.lines().filter(line -> line.startsWith("event: ")).findFirst())
                    .contains("event: image_generation.partial_image");
            var accepted = server.post("/v1/jobs", "{\"prompt\": \"a star\", \"size\": \"32x32\", \"steps\": 2}")
                    .orElseThrow();
            waiting = ServerProcess.json(accepted).path("id").asString();
            var other = CompletableFuture.supplyAsync(() -> server.post(
                            "/v1/images/generations", "{\"prompt\": \"a moon\", \"size\": \"32x32\", \"steps\": 2}")
                    .orElseThrow());
            awaitWaiting(server, 2);
            server.terminate();
            assertThat(other.join().statusCode())
                    .as("whose picture was not begun")
                    .isEqualTo(503);
            assertThat(ServerProcess.json(other.join()).at("/error/code").asString())
                    .isEqualTo("stopping");
            var events = new ArrayList<String>();
            stream.lines().filter(line -> line.startsWith("event: ")).forEach(events::add);
            assertThat(events).last().isEqualTo("event: image_generation.completed");
            assertThat(server.awaitExit()).isEqualTo(128 + 15);
            assertThat(server.output()).contains("\"message\":\"stopping\"", "\"request\":\"req_");
        }
        try (var server = ServerProcess.start(folder, data)) {
            for (int i = 0; i < 1000; i++) {
                var job = ServerProcess.json(server.get("/v1/jobs/" + waiting).orElseThrow());
                if (job.path("state").asString().equals("completed")) {
                    return;
                }
            }
            throw new AssertionError("never drawn");
        }
    }

    // While the long picture is being drawn.
    private static void awaitWaiting(ServerProcess server, int jobs) {
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (ServerProcess.json(server.get("/v1/jobs?state=queued").orElseThrow())
                        .path("data")
                        .size()
                < jobs) {
            assertThat(server.output()).doesNotContain("ERROR");
            assertThat(System.nanoTime())
                    .as("jobs that wait must be seen in time")
                    .isLessThan(end);
        }
    }

    @Test
    void keysAreMadeByTheCommandAndNobodyElseIsLetIn() {
        var data = folder.resolve("data").toString();
        String secret;
        try (var off = ServerProcess.run(folder, Map.of(), "--address", "0.0.0.0", "--keys", "off");
                var role = ServerProcess.run(folder, Map.of(), "keys", "create", "--name", "x", "--role", "king");
                var create = ServerProcess.run(
                        folder,
                        Map.of("NEXTSTEP_SERVE_DATA", data),
                        "keys",
                        "create",
                        "--name",
                        "o",
                        "--role",
                        "admin")) {
            assertThat(off.awaitExit()).isEqualTo(2);
            assertThat(lines(off)).singleElement().asString().contains("--address", "keys");
            assertThat(role.awaitExit()).isEqualTo(2);
            assertThat(role.output()).contains("expected generate or admin, got 'king'");
            assertThat(create.awaitExit()).as(create.output()).isZero();
            secret = lines(create).getFirst();
            assertThat(secret).startsWith("nxs-");
        }
        try (var server = ServerProcess.start(folder, Path.of(data), "--address", "0.0.0.0");
                var busy = ServerProcess.run(folder, Map.of(), "keys", "list", "--data", data)) {
            assertThat(server.get("/v1/models").orElseThrow().statusCode()).isEqualTo(401);
            assertThat(server.get("/v1/models", "Authorization", "Bearer " + secret)
                            .orElseThrow()
                            .statusCode())
                    .isEqualTo(200);
            assertThat(busy.awaitExit()).isEqualTo(1);
            assertThat(lines(busy)).singleElement().asString().contains("does another server use that folder?");
        }
        try (var list = ServerProcess.run(folder, Map.of(), "keys", "list", "--data", data)) {
            assertThat(list.awaitExit()).isZero();
            assertThat(lines(list)).singleElement().asString().contains("admin").doesNotContain(secret);
        }
    }
}
