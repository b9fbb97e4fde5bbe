package dev.nextstep.server.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/**
 * What browsers are told with each answer: to take nothing for what it is not, and to let no page of somebody else's look in.
 * What the API answers loads and runs nothing at all; a page says itself what it needs.
 */
public final class SecurityHeaders extends HttpFilter {
    /** Policy of what is data and no page. */
    public static final String NOTHING =
            "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    private static final List<String> DATA = List.of("/v1/", "/health/", "/metrics");
    private static final String A_YEAR = "max-age=31536000";

    private final Transport transport;

    /** How answers travel. */
    public enum Transport {
        /** In the open. */
        HTTP,
        /** Encrypted; browsers shall not come back without. */
        HTTPS
    }

    /** Headers for answers that travel so. */
    public SecurityHeaders(Transport transport) {
        this.transport = transport;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader("X-Frame-Options", "DENY");
        if (DATA.stream().anyMatch(request.getRequestURI()::startsWith)) {
            response.setHeader("Content-Security-Policy", NOTHING);
        }
        if (transport == Transport.HTTPS) {
            response.setHeader("Strict-Transport-Security", A_YEAR);
        }
        chain.doFilter(request, response);
    }
}
