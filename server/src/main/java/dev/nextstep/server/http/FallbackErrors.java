package dev.nextstep.server.http;

import dev.nextstep.server.access.OpenToAll;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Errors that happen before a controller is found, in the same form as all others. */
@OpenToAll
@RestController
public final class FallbackErrors implements ErrorController {

    /** The error that the web server reports. */
    @RequestMapping("/error")
    public void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 404;
        var kind = Arrays.stream(ApiError.Kind.values())
                .filter(k -> k.status() == status)
                .findFirst()
                .orElse(status < 500 ? ApiError.Kind.INVALID_BODY : ApiError.Kind.INTERNAL);
        var message = switch (kind) {
            case NOT_FOUND, MODEL_NOT_FOUND -> "there is nothing here";
            case TOO_LARGE -> "the request is too large";
            case INTERNAL -> "something broke; the server's log says what";
            default -> "the request cannot be read";
        };
        ErrorBody.send(ApiError.of(kind, message), response);
        if (!response.isCommitted() && kind.status() != status) {
            response.setStatus(status);
        }
    }
}
