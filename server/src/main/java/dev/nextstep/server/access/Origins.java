package dev.nextstep.server.access;

import dev.nextstep.server.http.ApiError;
import dev.nextstep.server.http.ErrorBody;
import dev.nextstep.server.http.RequestIdFilter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/**
 * From which pages browsers may send requests (CORS). A request of any other page is refused as a whole, not only hidden from
 * it: a page somewhere must not draw on the machine of who looks at it.
 */
public final class Origins {
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private Origins() {}

    /** A filter that lets in what comes from the server's own pages, from these origins, and from no page at all. */
    public static CorsFilter filter(List<String> allowed) {
        var configuration = new CorsConfiguration();
        configuration.setAllowedOrigins(allowed);
        configuration.setAllowedMethods(List.of("GET", "HEAD", "POST", "PATCH", "DELETE"));
        configuration.setAllowedHeaders(
                List.of("Authorization", "Content-Type", "Idempotency-Key", "Last-Event-ID", RequestIdFilter.HEADER));
        configuration.setExposedHeaders(List.of("ETag", "Location", "Retry-After", RequestIdFilter.HEADER));
        configuration.setAllowCredentials(false);
        configuration.setMaxAge(REMEMBERED);
        var everywhere = new UrlBasedCorsConfigurationSource();
        everywhere.registerCorsConfiguration("/**", configuration);
        var filter = new CorsFilter(everywhere);
        filter.setCorsProcessor(new Refusing());
        return filter;
    }

    /** Refuses as everything here does. */
    private static final class Refusing extends DefaultCorsProcessor {
        @Override
        protected void rejectRequest(ServerHttpResponse response) throws IOException {
            response.setStatusCode(HttpStatus.FORBIDDEN);
            response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
            var error = ApiError.of(
                    ApiError.Kind.FORBIDDEN,
                    "pages of that origin may not send requests here; the setting 'allowed-origins' names those that may");
            response.getBody()
                    .write(ErrorBody.of(error).toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            response.flush();
        }
    }
}
