package dev.nextstep.server.http;

import java.time.Duration;
import java.util.Optional;

/**
 * An error as clients of the OpenAI API know it: {@code {"error": {"message", "type", "param", "code"}}}.
 *
 * @param kind which error
 * @param message what is wrong, what would do
 * @param parameter name of the parameter that is to blame
 * @param retryAfter when it makes sense to ask again
 */
public record ApiError(Kind kind, String message, Optional<String> parameter, Optional<Duration> retryAfter) {

    /** Errors that clients can tell apart; codes never change their meaning. */
    public enum Kind {
        /** A parameter that the server does not know. */
        UNKNOWN_PARAMETER(400, Type.INVALID_REQUEST, "unknown_parameter"),
        /** A parameter that has to be given. */
        MISSING_PARAMETER(400, Type.INVALID_REQUEST, "missing_required_parameter"),
        /** A value of the wrong type or out of range. */
        INVALID_VALUE(400, Type.INVALID_REQUEST, "invalid_value"),
        /** A body that is not what it should be as a whole. */
        INVALID_BODY(400, Type.INVALID_REQUEST, "invalid_body"),
        /** A picture that cannot be read. */
        INVALID_IMAGE(400, Type.INVALID_REQUEST, "invalid_image"),
        /** Words or a picture that this server does not draw or show. */
        CONTENT_REFUSED(400, Type.INVALID_REQUEST, "content_policy_violation"),
        /** No key, or one that is not known. */
        INVALID_API_KEY(401, Type.AUTHENTICATION, "invalid_api_key"),
        /** A key that may not do this. */
        FORBIDDEN(403, Type.PERMISSION, "forbidden"),
        /** Nothing is there. */
        NOT_FOUND(404, Type.INVALID_REQUEST, "not_found"),
        /** A model that is not here. */
        MODEL_NOT_FOUND(404, Type.INVALID_REQUEST, "model_not_found"),
        /** Another method would do. */
        METHOD_NOT_ALLOWED(405, Type.INVALID_REQUEST, "method_not_allowed"),
        /** It cannot be done in the state that the job is in. */
        WRONG_STATE(409, Type.INVALID_REQUEST, "wrong_state"),
        /** Somebody asked to stop it. */
        CANCELLED(409, Type.INVALID_REQUEST, "cancelled"),
        /** Larger than the server takes. */
        TOO_LARGE(413, Type.INVALID_REQUEST, "too_large"),
        /** A body of a kind that is not read here. */
        UNSUPPORTED_MEDIA_TYPE(415, Type.INVALID_REQUEST, "unsupported_media_type"),
        /** The idempotency key was used for another request. */
        IDEMPOTENCY_KEY_REUSED(422, Type.INVALID_REQUEST, "idempotency_key_reused"),
        /** Too many requests of this key. */
        RATE_LIMIT_EXCEEDED(429, Type.RATE_LIMIT, "rate_limit_exceeded"),
        /** Too many pictures wait already. */
        QUEUE_FULL(429, Type.RATE_LIMIT, "queue_full"),
        /** Something broke that is not the client's fault. */
        INTERNAL(500, Type.SERVER, "internal_error"),
        /** The server is about to stop. */
        STOPPING(503, Type.SERVER, "stopping"),
        /** The server is not ready yet. */
        NOT_READY(503, Type.SERVER, "not_ready"),
        /** The memory does not suffice at the moment. */
        OUT_OF_MEMORY(503, Type.SERVER, "out_of_memory"),
        /** The store of pictures does not answer. */
        STORAGE_UNAVAILABLE(503, Type.SERVER, "storage_unavailable"),
        /** It was not ready in time. */
        DEADLINE_EXCEEDED(504, Type.SERVER, "deadline_exceeded"),
        /** The disk is full. */
        DISK_FULL(507, Type.SERVER, "disk_full");

        private final int status;
        private final String type;
        private final String code;

        Kind(int status, String type, String code) {
            this.status = status;
            this.type = type;
            this.code = code;
        }

        /** The HTTP status. */
        public int status() {
            return status;
        }

        /** The broad kind, as that API names it. */
        public String type() {
            return type;
        }

        /** The exact kind. */
        public String code() {
            return code;
        }
    }

    private static final class Type {
        static final String INVALID_REQUEST = "invalid_request_error";
        static final String AUTHENTICATION = "authentication_error";
        static final String PERMISSION = "permission_error";
        static final String RATE_LIMIT = "rate_limit_error";
        static final String SERVER = "server_error";

        private Type() {}
    }

    /** An error that no parameter is to blame for. */
    public static ApiError of(Kind kind, String message) {
        return new ApiError(kind, message, Optional.empty(), Optional.empty());
    }
}
