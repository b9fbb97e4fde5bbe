package dev.nextstep.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nextstep.GenerateRequest;
import dev.nextstep.NextStep;
import dev.nextstep.image.PictureFormat;
import dev.nextstep.image.PictureWriter;
import dev.nextstep.image.WriteOptions;
import dev.nextstep.server.config.DatabaseSettings;
import dev.nextstep.server.queue.TestPostgres;
import dev.nextstep.server.store.FolderStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Servers that are killed without warning while clients send jobs: each job that was accepted is done, once, with the very
 * bytes that an undisturbed server gives. {@code -Dserver.kills=50} kills more often than the normal build does,
 * {@code -Dserver.kills.minutes=10} for so long at most.
 */
class KilledServerTest {
    private static final int KILLS = Integer.getInteger("server.kills", 2);
    private static final long MINUTES = Long.getLong("server.kills.minutes", 600);
    private static final int CLIENTS = 3;
    /** For one job, after all that were accepted before it; a picture that nobody draws any more must fail, not hang. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** After ten kills while the same picture is being drawn, it would count as what kills the server. */
    private static final String ATTEMPTS = "--max-attempts=1000";

    private static final List<String> PROMPTS = List.of("a red heart", "a panda", "a star");

    @TempDir
    Path folder;

    private final Map<String, Asked> accepted = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable ServerProcess> target = new AtomicReference<>();
    private int kills;
    private final AtomicInteger requests = new AtomicInteger();

    /** What a client asked for, and knows the name of. */
    private record Asked(String prompt, int side, int count, long seed, String id) {}

    @Test
    void embeddedDatabase() throws Exception {
        killed(1, ATTEMPTS);
    }

    @Test
    void severalServersOnOnePostgres() throws Exception {
        DatabaseSettings database = TestPostgres.newDatabase();
        killed(
                2,
                "--database",
                database.url().orElseThrow(),
                "--database-user",
                database.user(),
                "--database-password",
                database.password(),
                "--lease=2s",
                ATTEMPTS);
    }

    private void killed(int servers, String... arguments) throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed of the moments: " + seed + ", kills: " + KILLS);
        var random = new Random(seed);
        var data = folder.resolve("data");
        var running = new ArrayList<ServerProcess>();
        for (int i = 0; i < servers; i++) {
            running.add(ServerProcess.start(folder, data, arguments));
        }
        target.set(running.getFirst());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var clients = new ArrayList<Future<?>>();
            for (int client = 0; client < CLIENTS; client++) {
                var number = client;
                clients.add(threads.submit(() -> ask(number, new Random(seed + number))));
            }
            awaitFirst(clients);
            long end = System.nanoTime() + Duration.ofMinutes(MINUTES).toNanos();
            for (kills = 0; kills < KILLS && System.nanoTime() < end; kills++) {
                Thread.sleep(200 + random.nextInt(1800));
                int which = random.nextInt(servers);
                running.get(which).kill();
                assertNothingHalfIsThere(data);
                running.set(which, ServerProcess.start(folder, data, arguments));
                target.set(running.get(random.nextInt(servers)));
            }
            clients.forEach(client -> client.cancel(true));
            end(clients); // one that failed before says so here
            finish(running);
            assertAllIsThere(running.getFirst());
            assertNothingHalfIsThere(data);
        } finally {
            running.forEach(ServerProcess::close);
        }
    }

    // A slow machine may kill a server twice before it has answered anybody, and then nothing was tested.
    private void awaitFirst(List<Future<?>> clients) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (accepted.isEmpty()) {
            for (var client : clients) {
                if (client.isDone()) {
                    client.get();
                }
            }
            assertThat(System.nanoTime())
                    .as("no job was accepted after %s requests", requests)
                    .isLessThan(end);
            pause(10);
        }
    }

    private static void end(List<Future<?>> clients) throws Exception {
        for (var client : clients) {
            try {
                client.get();
            } catch (CancellationException e) {
                // it was told to stop
            }
        }
    }

    // A client repeats a request under its key until it is answered.
    private void ask(int client, Random random) {
        for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
            var key = client + "-" + i;
            var prompt = PROMPTS.get(random.nextInt(PROMPTS.size()));
            int side = 16 * (1 + random.nextInt(4));
            int count = 1 + random.nextInt(3);
            long seed = random.nextInt(1000);
            var json = """
                    {"prompt": "%s", "size": "%dx%d", "n": %d, "seed": %d, "steps": 4, "partial_images": %d}""".formatted(prompt, side, side, count, seed, random.nextInt(3));
            while (!accepted.containsKey(key)) {
                requests.incrementAndGet();
                var answer = Objects.requireNonNull(target.get()).post("/v1/jobs", json, "Idempotency-Key", key);
                if (answer.isPresent() && answer.get().statusCode() == 202) {
                    var id = ServerProcess.json(answer.get()).path("id").asString();
                    accepted.put(key, new Asked(prompt, side, count, seed, id));
                } else {
                    answer.ifPresent(a -> assertThat(a.statusCode()).isIn(429, 503));
                    pause(50);
                }
            }
            pause(20 + random.nextInt(300));
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void finish(List<ServerProcess> running) {
        for (var asked : accepted.values()) {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (true) {
                var job = ServerProcess.json(
                        running.getFirst().get("/v1/jobs/" + asked.id).orElseThrow());
                var state = job.path("state").asString();
                if (state.equals("completed")) {
                    break;
                }
                assertThat(state).as(job.toString()).isIn("queued", "running");
                assertThat(System.nanoTime())
                        .as("a job that nobody draws: " + job)
                        .isLessThan(end);
                pause(20);
            }
        }
    }

    private void assertAllIsThere(ServerProcess server) {
        assertThat(accepted).isNotEmpty();
        var listed = new ArrayList<String>();
        var after = "";
        while (true) {
            var page =
                    ServerProcess.json(server.get("/v1/jobs?limit=100" + after).orElseThrow());
            page.path("data").forEach(job -> listed.add(job.path("id").asString()));
            if (!page.path("has_more").booleanValue()) {
                break;
            }
            after = "&after=" + page.path("last_id").asString();
        }
        // A request whose answer a kill swallowed, and which its client had no time to repeat, may be there too.
        assertThat(listed)
                .doesNotHaveDuplicates()
                .containsAll(accepted.values().stream().map(Asked::id).toList());
        assertThat(listed).hasSizeBetween(accepted.size(), accepted.size() + CLIENTS);

        try (var model = NextStep.open(RunningServer.MODEL)) {
            int pictures = 0;
            for (var asked : accepted.values()) {
                for (int i = 0; i < asked.count; i++, pictures++) {
                    var file = server.get("/v1/jobs/%s/pictures/%d".formatted(asked.id, i))
                            .orElseThrow();
                    var picture = model.generate(GenerateRequest.builder(asked.prompt)
                            .size(asked.side, asked.side)
                            .steps(4)
                            .seed(asked.seed)
                            .firstIndex(i)
                            .build());
                    assertThat(file.body())
                            .isEqualTo(PictureWriter.encode(
                                    picture.pixels(),
                                    PictureFormat.PNG,
                                    WriteOptions.DEFAULT.withTexts(
                                            picture.recipe().toTexts())));
                }
            }
            System.out.printf(
                    "%d kills, %d requests, %d jobs with %d pictures accepted: all done, each once%n",
                    kills, requests.get(), accepted.size(), pictures);
        }
    }

    private static void assertNothingHalfIsThere(Path data) throws IOException {
        try (var files = Files.walk(data.resolve("pictures"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                if (!file.startsWith(data.resolve("pictures/.unfinished"))) {
                    assertThat(FolderStore.sha256(Files.readAllBytes(file)))
                            .isEqualTo(file.getFileName().toString());
                }
            }
        }
    }
}
