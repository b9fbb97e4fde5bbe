package dev.nextstep.server;

import dev.nextstep.server.http.Json;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A request of the server to itself, to see that all of it works: network, queue, database, model, disk. */
final class SelfRequest {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String BODY = "{\"prompt\": \"a red heart\", \"size\": \"16x16\", \"steps\": 2, \"seed\": 1}";

    private final URI address;

    SelfRequest(URI address) {
        this.address = address;
    }

    /**
     * Asks for a small picture.
     *
     * @return a line about it
     * @throws StartException if there was no picture
     */
    String send() {
        long began = System.nanoTime();
        try {
            var connection = (HttpURLConnection)
                    address.resolve("/v1/images/generations").toURL().openConnection();
            connection.setReadTimeout((int) PATIENCE.toMillis());
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/json");
            connection.getOutputStream().write(BODY.getBytes(StandardCharsets.UTF_8));
            try (var in = connection.getInputStream()) {
                int pictures = Json.object(in.readAllBytes()).path("data").size();
                return "drew %d picture in %.2f s".formatted(pictures, (System.nanoTime() - began) / 1e9);
            }
        } catch (IOException e) {
            throw new StartException("the server does not draw: " + e.getMessage(), e);
        }
    }
}
