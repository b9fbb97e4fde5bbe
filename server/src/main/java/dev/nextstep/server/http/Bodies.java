package dev.nextstep.server.http;

import dev.nextstep.server.config.RequestLimits;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

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
        return bytes(request);
    }

    /**
     * A body of text.
     *
     * @param mediaType without parameters, in lower case
     * @param text what is in it
     */
    public record Text(String mediaType, String text) {}

    /**
     * A body of text in UTF-8.
     *
     * @param mediaTypes that are read
     * @throws ApiException if it is of another kind, too long, or not in UTF-8
     */
    public static Text text(HttpServletRequest request, Set<String> mediaTypes) {
        var mediaType = mediaType(request);
        if (!mediaTypes.contains(mediaType)) {
            throw new ApiException(
                    ApiError.Kind.UNSUPPORTED_MEDIA_TYPE,
                    "send %s, not '%s'"
                            .formatted(
                                    String.join(" or ", mediaTypes),
                                    Texts.shown(Optional.ofNullable(request.getContentType())
                                            .orElse(""))));
        }
        try {
            return new Text(
                    mediaType,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes(request)))
                            .toString());
        } catch (CharacterCodingException e) {
            throw new ApiException(ApiError.Kind.INVALID_BODY, "the body is not text in UTF-8");
        }
    }

    private static byte[] bytes(HttpServletRequest request) {
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
