package dev.nextstep.server.queue;

import dev.nextstep.server.http.ApiError;
import java.util.Arrays;

/**
 * Why a job or a picture failed.
 *
 * @param code of an {@link ApiError.Kind}
 * @param message for the client
 */
public record JobError(String code, String message) {
    /** The part of an error that is kept. */
    public static JobError of(ApiError error) {
        return new JobError(error.kind().code(), error.message());
    }

    /** The error that a client who waits is told. */
    public ApiError toApiError() {
        var kind = Arrays.stream(ApiError.Kind.values())
                .filter(k -> k.code().equals(code))
                .findFirst()
                .orElse(ApiError.Kind.INTERNAL);
        return ApiError.of(kind, message);
    }
}
