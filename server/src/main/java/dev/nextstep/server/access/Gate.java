package dev.nextstep.server.access;

import dev.nextstep.server.config.KeyPolicy;
import dev.nextstep.server.http.ApiError;
import dev.nextstep.server.http.ApiException;
import dev.nextstep.server.http.Caller;
import dev.nextstep.server.http.Texts;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Looks who sends a request, when it is known who answers it and before its body is read. With keys: who comes without a good
 * one is refused, unless the controller is {@link OpenToAll}. Without keys everybody on this machine may do everything, but not
 * a page of somebody else's whose name was made to point here (DNS rebinding): then the host must be a number or localhost.
 */
public final class Gate implements HandlerInterceptor {
    private static final String SCHEME = "Bearer ";
    private static final Pattern OWN_HOST =
            Pattern.compile("localhost|.*\\.localhost|\\d{1,3}(\\.\\d{1,3}){3}|\\[?[0-9a-f:.]*:[0-9a-f:.]*\\]?");

    private final KeyPolicy policy;
    private final KeyStore keys;
    // With which the server asks itself whether all is well.
    private final String ownSecret;

    /** A gate that lets in who has one of these keys, or everybody. */
    public Gate(KeyPolicy policy, KeyStore keys) {
        this.policy = policy;
        this.keys = keys;
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        this.ownSecret = HexFormat.of().formatHex(bytes);
    }

    /** Lets this process in as an administrator; known to nobody else, and worth nothing after its end. */
    public String ownSecret() {
        return ownSecret;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (policy == KeyPolicy.OFF) {
            requireOwnHost(request);
            Caller.LOCAL.attachTo(request);
            return true;
        }
        if (handler instanceof HandlerMethod method && method.getBeanType().isAnnotationPresent(OpenToAll.class)) {
            return true;
        }
        caller(request).attachTo(request);
        return true;
    }

    private static void requireOwnHost(HttpServletRequest request) {
        var host = request.getServerName().toLowerCase(Locale.ROOT);
        if (!OWN_HOST.matcher(host).matches()) {
            throw new ApiException(
                    ApiError.Kind.FORBIDDEN,
                    "this server has no keys and answers to 'localhost' and numbers only, not to '%s'; with '--keys required' it has any name"
                            .formatted(Texts.shown(host)));
        }
    }

    private Caller caller(HttpServletRequest request) {
        var secret = Optional.ofNullable(request.getHeader("Authorization"))
                .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(header -> header.substring(SCHEME.length()).strip())
                .orElseThrow(() -> refused("send an API key: 'Authorization: Bearer " + KeyStore.PREFIX + "…'"));
        if (MessageDigest.isEqual(
                secret.getBytes(StandardCharsets.UTF_8), ownSecret.getBytes(StandardCharsets.UTF_8))) {
            return Caller.LOCAL;
        }
        return keys.find(secret)
                .orElseThrow(() -> refused("this API key is not known here, or it was revoked"))
                .caller();
    }

    private static ApiException refused(String message) {
        return new ApiException(ApiError.Kind.INVALID_API_KEY, message);
    }
}
