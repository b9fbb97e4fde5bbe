package dev.nextstep.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nextstep.cli.Main;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A server that is killed in the middle of a batch ends with the files that the command line writes undisturbed. */
class KilledListTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String LIST = """
            {"prompts": [{"prompt": "a star", "name": "first", "steps": 2}, {"prompt": "a moon", "size": "96x64"},
                         {"prompt": "a heart", "count": 2, "formats": "webp"}],
             "settings": {"steps": 60, "size": "96x96"}}""";

    @TempDir
    Path folder;

    @Test
    void whatWasDrawnStaysAndTheRestIsDrawn() throws IOException {
        var data = folder.resolve("data");
        String id;
        try (var server = ServerProcess.start(folder, data, "--pictures-at-once=1")) {
            var answer = server.post("/v1/batches?seed=5", LIST, "Idempotency-Key", "one")
                    .orElseThrow();
            assertThat(answer.statusCode()).isEqualTo(202);
            id = ServerProcess.json(answer).path("id").asString();
            await(
                    server,
                    id,
                    "first picture",
                    job -> job.at("/pictures/0/state").asString().equals("completed"));
            server.kill();
        }
        try (var server = ServerProcess.start(folder, data)) {
            var again = server.post("/v1/batches?seed=5", LIST, "Idempotency-Key", "one")
                    .orElseThrow();
            assertThat(ServerProcess.json(again).path("id").asString()).isEqualTo(id);
            await(
                    server,
                    id,
                    "all pictures",
                    job -> job.path("state").asString().equals("completed"));
            var drawn = pictures(server.get("/v1/jobs/%s/package.zip".formatted(id))
                    .orElseThrow()
                    .body());
            var expected = commandLine();
            assertThat(drawn.keySet()).isEqualTo(expected.keySet()).hasSize(4);
            drawn.forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(expected.get(name)));
        }
    }

    private interface Condition {
        boolean holds(JsonNode job);
    }

    private static void await(ServerProcess server, String id, String what, Condition condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            if (condition.holds(ServerProcess.json(server.get("/v1/jobs/" + id).orElseThrow()))) {
                return;
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("no " + what);
    }

    private static Map<String, byte[]> pictures(byte[] zip) throws IOException {
        var files = new TreeMap<String, byte[]>();
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (entry.getName().endsWith(".png") || entry.getName().endsWith(".webp")) {
                    files.put(entry.getName().replaceFirst("^batch/", ""), in.readAllBytes());
                }
            }
        }
        return files;
    }

    private Map<String, byte[]> commandLine() throws IOException {
        var list = folder.resolve("list.json");
        var out = folder.resolve("out");
        Files.writeString(list, LIST);
        var said = new StringWriter();
        int code = Main.run(
                new PrintWriter(said, true),
                new PrintWriter(said, true),
                "batch",
                list.toString(),
                "--seed=5",
                "--no-metadata",
                "--out",
                out.toString(),
                "--model",
                RunningServer.MODEL.toString());
        assertThat(code).as(said.toString()).isZero();
        var files = new TreeMap<String, byte[]>();
        try (var all = Files.list(out)) {
            for (var file :
                    all.filter(f -> f.toString().matches(".*\\.(png|webp)")).toList()) {
                files.put(String.valueOf(file.getFileName()), Files.readAllBytes(file));
            }
        }
        return files;
    }
}
