package dev.nextstep.server.http;

import dev.nextstep.server.config.RequestLimits;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** Bodies of requests, in bounds. */
public final class Bodies {
    private Bodies() {}

    /** Whether the body is a form that may hold files. */
    public static boolean isForm(HttpServletRequest request) {
        return mediaType(request).equals("multipart/form-data");
    }

    private static String mediaType(HttpServletRequest request) {
        var type = Optional.ofNullable(request.getContentType()).orElse("");
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }

    /**
     * A body of JSON.
     *
     * @throws ApiException if it is of another kind or too long
     */
    public static byte[] json(HttpServletRequest request) {
        if (!mediaType(request).equals("application/json")) {
            throw new ApiException(
                    ApiError.Kind.UNSUPPORTED_MEDIA_TYPE,
                    "send application/json, not '%s'"
                            .formatted(Texts.shown(Optional.ofNullable(request.getContentType())
                                    .orElse(""))));
        }
        try {
            var body = request.getInputStream().readNBytes(RequestLimits.JSON_BYTES + 1);
            if (body.length > RequestLimits.JSON_BYTES) {
                throw new ApiException(
                        ApiError.Kind.TOO_LARGE,
                        "the body is longer than %d bytes".formatted(RequestLimits.JSON_BYTES));
            }
            return body;
        } catch (IOException e) {
            throw new ClientGoneException(e);
        }
    }
}
