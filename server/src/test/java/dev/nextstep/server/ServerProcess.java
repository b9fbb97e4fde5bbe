package dev.nextstep.server;

import dev.nextstep.server.http.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** A server in a process of its own, started as the launcher does. */
public final class ServerProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("nextstep serves emoji at (http\\S+), data in .*");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final Path output;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private URI address = URI.create("http://none");

    private ServerProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts the command with these arguments; does not wait. */
    static ServerProcess run(Path folder, Map<String, String> environment, String... arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-Dnextstep.home=" + System.getProperty("project.root"),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.nextstep.cli.Main",
                "serve"));
        command.addAll(1, List.of(System.getProperty("test.logging", "").split(" ")));
        command.removeIf(String::isEmpty);
        command.addAll(List.of(arguments));
        try {
            var output = Files.createTempFile(folder, "server", ".log");
            var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            return new ServerProcess(builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it and waits until it answers. */
    public static ServerProcess start(Path folder, Path data, String... arguments) {
        var all = new ArrayList<>(List.of("--port", "0", "--data", data.toString()));
        all.addAll(List.of(arguments));
        var server = run(folder, Map.of(), all.toArray(String[]::new));
        server.awaitReady();
        return server;
    }

    private void awaitReady() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            var found = READY.matcher(output());
            if (found.find()) {
                address = URI.create(found.group(1));
                return;
            }
            sleep(10);
        }
        throw new AssertionError("the server did not start: " + output());
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All that it has printed. */
    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it answers. */
    URI uri(String path) {
        return address.resolve(path);
    }

    /** Its base address. */
    public URI address() {
        return address;
    }

    /** What it answers, as text. */
    public String text(String path, String... headers) {
        return new String(get(path, headers).orElseThrow().body(), StandardCharsets.UTF_8);
    }

    /** Kills it without warning. */
    void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asks it to stop. */
    void terminate() {
        process.destroy();
    }

    /** Its exit code; it must end soon. */
    int awaitExit() {
        try {
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                kill();
                throw new AssertionError("the server did not end: " + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends JSON; empty if there was no answer. */
    Optional<HttpResponse<byte[]>> post(String path, String json, String... headers) {
        var request = HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    /** Asks for something; empty if there was no answer. */
    Optional<HttpResponse<byte[]>> get(String path, String... headers) {
        var request = HttpRequest.newBuilder(uri(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    private Optional<HttpResponse<byte[]>> send(HttpRequest.Builder request) {
        try {
            return Optional.of(http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Begins a request whose answer is read line by line. */
    BufferedReader stream(String path, String json) {
        var request = HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        try {
            var in = http.send(request, HttpResponse.BodyHandlers.ofInputStream())
                    .body();
            return new BufferedReader(new java.io.InputStreamReader(in, java.nio.charset.StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The JSON of an answer. */
    static JsonNode json(HttpResponse<byte[]> answer) {
        return Json.MAPPER.readTree(answer.body());
    }

    @Override
    public void close() {
        http.shutdownNow();
        kill();
    }
}
