package dev.nextstep.server.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * An answer of server-sent events. Whoever writes waits for the client, on a virtual thread. Data is JSON in one line, so
 * that no text of a client can begin an event of its own.
 */
public final class SseStream {
    private final HttpServletResponse response;
    private final OutputStream out;

    private SseStream(HttpServletResponse response, OutputStream out) {
        this.response = response;
        this.out = out;
    }

    /** Begins the answer: from now on errors are events. */
    public static SseStream begin(HttpServletResponse response) {
        try {
            response.setStatus(HttpServletResponse.SC_OK);
            response.setContentType("text/event-stream;charset=UTF-8");
            response.setHeader("Cache-Control", "no-store");
            response.setHeader("X-Accel-Buffering", "no"); // nginx would keep events back
            response.flushBuffer();
            return new SseStream(response, response.getOutputStream());
        } catch (IOException e) {
            throw new ClientGoneException(e);
        }
    }

    /**
     * Sends an event.
     *
     * @param id what a client that comes back will name; empty if it need not be named
     */
    public void event(String name, Optional<String> id, JsonNode data) {
        var text = new StringBuilder("event: ").append(name).append('\n');
        id.ifPresent(value -> text.append("id: ").append(value).append('\n'));
        text.append("data: ").append(Json.MAPPER.writeValueAsString(data)).append("\n\n");
        send(text.toString());
    }

    /** Shows both sides that the other is still there. */
    public void keepAlive() {
        send(": waiting\n\n");
    }

    private void send(String text) {
        try {
            out.write(text.getBytes(StandardCharsets.US_ASCII));
            response.flushBuffer();
        } catch (IOException e) {
            throw new ClientGoneException(e);
        }
    }
}
