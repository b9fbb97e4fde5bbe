package dev.nextstep.server.http;

import java.time.Duration;
import java.util.Optional;

/** Ends a request with an error for its client. */
public final class ApiException extends RuntimeException {
    private final transient ApiError error;

    /** Ends a request with that error. */
    public ApiException(ApiError error) {
        super(error.message());
        this.error = error;
    }

    /** Ends a request with an error that no parameter is to blame for. */
    public ApiException(ApiError.Kind kind, String message) {
        this(ApiError.of(kind, message));
    }

    /** A parameter with a value that cannot be used. */
    public static ApiException invalid(String parameter, String message) {
        return about(ApiError.Kind.INVALID_VALUE, parameter, message);
    }

    /** An error that a parameter is to blame for. */
    public static ApiException about(ApiError.Kind kind, String parameter, String message) {
        return new ApiException(new ApiError(kind, message, Optional.of(parameter), Optional.empty()));
    }

    /** An error that passes. */
    public static ApiException later(ApiError.Kind kind, String message, Duration retryAfter) {
        return new ApiException(new ApiError(kind, message, Optional.empty(), Optional.of(retryAfter)));
    }

    /** Nothing is there under that name. */
    public static ApiException notFound(String what, String id) {
        return new ApiException(ApiError.Kind.NOT_FOUND, "there is no %s '%s'".formatted(what, Texts.shown(id)));
    }

    /** What the client is told. */
    public ApiError error() {
        return error;
    }
}
