package dev.nextstep.server.http;

import dev.nextstep.engine.MemoryException;
import dev.nextstep.image.PictureException;
import dev.nextstep.server.store.StoreException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;
import org.springframework.web.HttpMediaTypeException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** The only place that knows which exception means what to a client. */
@RestControllerAdvice
public final class ErrorAdvice {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorAdvice.class);

    /** Whatever ended a request. */
    @ExceptionHandler(Throwable.class)
    public void answer(Throwable thrown, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (thrown instanceof ClientGoneException || thrown instanceof IOException) { // nobody else makes one here
            LOG.debug("client is gone: {}", request.getRequestURI());
            return;
        }
        var error = of(thrown, request);
        if (thrown instanceof HttpRequestMethodNotSupportedException e && e.getSupportedHttpMethods() != null) {
            var allowed = e.getSupportedHttpMethods().stream()
                    .map(HttpMethod::name)
                    .sorted()
                    .toList();
            response.setHeader("Allow", String.join(", ", allowed));
        }
        if (error.kind() == ApiError.Kind.INTERNAL) {
            LOG.error("{} failed", Texts.shown(request.getRequestURI()), thrown);
        }
        ErrorBody.send(error, response);
    }

    private static ApiError of(Throwable thrown, HttpServletRequest request) {
        return switch (thrown) {
            case ApiException e -> e.error();
            case StoreException e -> ofStore(e);
            case InvalidParameterException _ ->
                ApiError.of(ApiError.Kind.INVALID_VALUE, "the parameters in the address are not UTF-8, or too many");
            case NoResourceFoundException _, NoHandlerFoundException _ ->
                ApiError.of(
                        ApiError.Kind.NOT_FOUND,
                        "there is nothing at %s %s"
                                .formatted(request.getMethod(), Texts.shown(request.getRequestURI())));
            case HttpRequestMethodNotSupportedException e ->
                ApiError.of(
                        ApiError.Kind.METHOD_NOT_ALLOWED,
                        "%s does not take %s".formatted(Texts.shown(request.getRequestURI()), e.getMethod()));
            case HttpMediaTypeException _ ->
                ApiError.of(
                        ApiError.Kind.UNSUPPORTED_MEDIA_TYPE,
                        "the content type '%s' is not read here; %s"
                                .formatted(
                                        Texts.shown(String.valueOf(request.getContentType())),
                                        "send application/json, or multipart/form-data where files are sent"));
            default -> internal();
        };
    }

    /** What an exception of the model's means to the client that asked for it. */
    public static ApiError ofWork(Throwable thrown) {
        return switch (thrown) {
            case ApiException e -> e.error();
            case StoreException e -> ofStore(e);
            case PictureException e -> ApiError.of(ApiError.Kind.INVALID_IMAGE, message(e));
            case MemoryException e ->
                new ApiError(
                        ApiError.Kind.OUT_OF_MEMORY, message(e), Optional.empty(), Optional.of(Duration.ofSeconds(10)));
            case IllegalArgumentException e -> ApiError.of(ApiError.Kind.INVALID_VALUE, message(e));
            default -> internal();
        };
    }

    private static ApiError ofStore(StoreException thrown) {
        return new ApiError(
                ApiError.Kind.STORAGE_UNAVAILABLE,
                message(thrown),
                Optional.empty(),
                Optional.of(Duration.ofSeconds(5)));
    }

    private static ApiError internal() {
        return ApiError.of(ApiError.Kind.INTERNAL, "something broke; the server's log says what");
    }

    private static String message(Throwable thrown) {
        var message = thrown.getMessage();
        return message == null ? thrown.getClass().getSimpleName() : message;
    }
}
