package dev.nextstep.server.robust;

import dev.nextstep.server.http.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Clients that ask for one streamed picture after the other. */
final class StreamClients {
    private final URI address;
    private final List<String> keys;
    private final String body;
    private final Queue<Stream> done = new ConcurrentLinkedQueue<>();
    private final Queue<String> errors = new ConcurrentLinkedQueue<>();

    /** Clients that send that body, the first with the first key, the second with the second, and so on. */
    StreamClients(URI address, List<String> keys, String body) {
        this.address = address;
        this.keys = keys;
        this.body = body;
    }

    /**
     * A streamed picture that is there.
     *
     * @param key number of the key that asked for it
     * @param end when it was there, {@link System#nanoTime}
     * @param first seconds to the first partial picture
     * @param last seconds to the last partial picture
     * @param all seconds to the picture
     */
    record Stream(int key, long end, double first, double last, double all) {}

    /** Streams that were whole. */
    List<Stream> done() {
        return List.copyOf(done);
    }

    /** What went wrong. */
    List<String> errors() {
        return List.copyOf(errors);
    }

    /** Lets so many clients work for a while, with a watcher beside them; returns when the last stream is whole. */
    void run(int clients, Duration time, Runnable watcher) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        try (var http = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<?>>();
            for (int client = 0; client < clients; client++) {
                int key = client % keys.size();
                int seed = client;
                all.add(threads.submit(() -> {
                    for (int i = 0; System.nanoTime() < end; i++) {
                        ask(http, key, seed * 100_000 + i);
                    }
                }));
            }
            while (System.nanoTime() < end) {
                watcher.run();
                Thread.sleep(Math.min(2000, Math.max(1, (end - System.nanoTime()) / 1_000_000)));
            }
            for (var each : all) {
                each.get();
            }
        }
    }

    private void ask(HttpClient http, int key, int seed) {
        long began = System.nanoTime();
        var request = HttpRequest.newBuilder(address.resolve("/v1/images/generations"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + keys.get(key))
                .POST(HttpRequest.BodyPublishers.ofString(body.replace("SEED", Integer.toString(seed))))
                .build();
        try {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (var lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
                if (answer.statusCode() != 200) {
                    errors.add(answer.statusCode() + " " + lines.readLine());
                    return;
                }
                read(lines, key, began);
            }
        } catch (IOException e) {
            errors.add(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(BufferedReader lines, int key, long began) throws IOException {
        double first = 0;
        double last = 0;
        var event = "";
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            double now = (System.nanoTime() - began) / 1e9;
            if (line.startsWith("event: ")) {
                event = line.substring(7);
                first = event.endsWith("partial_image") && first == 0 ? now : first;
                last = event.endsWith("partial_image") ? now : last;
            } else if (line.startsWith("data: ") && event.endsWith(".completed")) {
                if (Json.MAPPER
                        .readTree(line.substring(6))
                        .path("b64_json")
                        .asString()
                        .isEmpty()) {
                    errors.add("no picture: " + line);
                    return;
                }
                done.add(new Stream(key, System.nanoTime(), first, last, now));
                return;
            }
        }
        errors.add("a stream without an end: " + event);
    }

    /** A percentile of whole streams, in seconds. */
    double seconds(int percent) {
        var sorted = done.stream().mapToDouble(Stream::all).sorted().toArray();
        return sorted.length == 0 ? 0 : sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }

    /** Pictures of each key that were there before a moment. */
    List<Long> shares(long before) {
        return IntStream.range(0, keys.size())
                .mapToObj(key -> done.stream()
                        .filter(s -> s.key == key && s.end < before)
                        .count())
                .toList();
    }
}
