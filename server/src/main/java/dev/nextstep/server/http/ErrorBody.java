package dev.nextstep.server.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.MediaType;
import tools.jackson.databind.node.ObjectNode;

/** Errors on their way to the client. */
public final class ErrorBody {
    private ErrorBody() {}

    /** The JSON of an error. */
    public static ObjectNode of(ApiError error) {
        var body = Json.MAPPER.createObjectNode();
        body.set("error", detail(error));
        return body;
    }

    /** What stands under {@code error}. */
    public static ObjectNode detail(ApiError error) {
        return Json.MAPPER
                .createObjectNode()
                .put("message", error.message())
                .put("type", error.kind().type())
                .put("param", error.parameter().orElse(null))
                .put("code", error.kind().code());
    }

    /**
     * Sends an error, if nothing was sent yet.
     *
     * @throws IOException if the client is gone
     */
    public static void send(ApiError error, HttpServletResponse response) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(error.kind().status());
        error.retryAfter()
                .ifPresent(after -> response.setHeader(
                        "Retry-After",
                        Long.toString(Math.max(1, after.plusMillis(999).toSeconds()))));
        if (error.kind() == ApiError.Kind.INVALID_API_KEY) {
            response.setHeader("WWW-Authenticate", "Bearer");
        }
        response.setHeader("Cache-Control", "no-store");
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        var bytes = Json.MAPPER.writeValueAsBytes(of(error));
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
