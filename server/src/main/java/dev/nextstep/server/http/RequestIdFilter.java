package dev.nextstep.server.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Gives each request an id: in the answer ({@value #HEADER}), in each line of the log that is written for it, and in one
 * line about it at its end. An id that the client sends is kept if it is one.
 */
public final class RequestIdFilter extends HttpFilter {
    /** Name of the header. */
    public static final String HEADER = "X-Request-Id";

    /** Key in the log. */
    public static final String MDC_KEY = "request";

    private static final Logger LOG = LoggerFactory.getLogger("dev.nextstep.server.access");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var id = Optional.ofNullable(request.getHeader(HEADER))
                .filter(given -> ID.matcher(given).matches())
                .orElseGet(() -> Ids.random("req"));
        response.setHeader(HEADER, id);
        long began = System.nanoTime();
        try (var _ = MDC.putCloseable(MDC_KEY, id)) {
            try {
                chain.doFilter(request, response);
            } finally {
                long millis = (System.nanoTime() - began) / 1_000_000;
                LOG.atInfo()
                        .addKeyValue("method", request.getMethod())
                        .addKeyValue("path", Texts.shown(request.getRequestURI()))
                        .addKeyValue("status", response.getStatus())
                        .addKeyValue("millis", millis)
                        .log(
                                "{} {} {} {} ms",
                                Texts.shown(request.getMethod()),
                                Texts.shown(request.getRequestURI()),
                                response.getStatus(),
                                millis);
            }
        }
    }
}
