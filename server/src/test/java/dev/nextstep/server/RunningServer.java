package dev.nextstep.server;

import dev.nextstep.server.config.ServerSettings;
import dev.nextstep.server.config.Setting;
import dev.nextstep.server.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A server in this process, on any port, with the model that comes with the program. */
public final class RunningServer implements AutoCloseable {
    /** The folder of the model that comes with the program. */
    public static final Path MODEL = Path.of(System.getProperty("project.root"), "models/emoji");

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final NextStepServer server;
    private final HttpClient http = HttpClient.newHttpClient();

    private RunningServer(NextStepServer server) {
        this.server = server;
    }

    /** Starts one with its data in that folder. */
    public static RunningServer start(Path data, Map<Setting, String> others) {
        var settings = new EnumMap<Setting, String>(Setting.class);
        settings.put(Setting.PORT, "0");
        settings.put(Setting.MODEL, MODEL.toString());
        settings.put(Setting.DATA, data.toString());
        settings.put(Setting.DRAIN, "5s");
        settings.putAll(others);
        return new RunningServer(NextStepServer.start(ServerSettings.of(settings)));
    }

    /** Where it answers. */
    public URI uri(String path) {
        return server.address().resolve(path);
    }

    /** The base address for clients of OpenAI's API. */
    public String base() {
        return uri("/v1").toString();
    }

    /** An answer. */
    public record Answer(int status, java.net.http.HttpHeaders headers, byte[] body) {
        /** The body as text. */
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /** The body as JSON. */
        public JsonNode json() {
            return Json.MAPPER.readTree(body);
        }

        /** The code of an error. */
        public String code() {
            return json().at("/error/code").asString();
        }

        /** The message of an error. */
        public String message() {
            return json().at("/error/message").asString();
        }

        /** The parameter of an error. */
        public String param() {
            return json().at("/error/param").asString();
        }

        /** A header, or nothing. */
        public String header(String name) {
            return headers.firstValue(name).orElse("");
        }
    }

    /** Sends a request that is built up to here. */
    public Answer send(HttpRequest.Builder request) {
        try {
            var response = http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Asks for something. */
    public Answer get(String path, String... headers) {
        return send(with(HttpRequest.newBuilder(uri(path)), headers));
    }

    /** Sends JSON. */
    public Answer post(String path, String json, String... headers) {
        return send(with(HttpRequest.newBuilder(uri(path)), headers)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    /** Sends a form. */
    public Answer post(String path, Form form, String... headers) {
        return send(with(HttpRequest.newBuilder(uri(path)), headers)
                .header("Content-Type", form.contentType())
                .POST(HttpRequest.BodyPublishers.ofByteArray(form.bytes())));
    }

    /** Cancels something. */
    public Answer delete(String path) {
        return send(HttpRequest.newBuilder(uri(path)).DELETE());
    }

    private static HttpRequest.Builder with(HttpRequest.Builder request, String... headers) {
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request;
    }

    /** Waits until a job is in a state; gives the job. */
    public JsonNode awaitState(String id, String... states) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            var job = get("/v1/jobs/" + id).json();
            for (var state : states) {
                if (job.path("state").asString().equals(state)) {
                    return job;
                }
            }
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new AssertionError("job is not " + String.join(" or ", states) + ": "
                + get("/v1/jobs/" + id).text());
    }

    @Override
    public void close() {
        http.close();
        server.close();
    }
}
