package dev.nextstep.server.metrics;

import dev.nextstep.server.http.Caller;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /metrics}, for Prometheus; where keys are asked for, with one of an administrator. */
@RestController
public final class MetricsController {
    private final Metrics metrics;
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

    /** Tells those measurements. */
    public MetricsController(Metrics metrics) {
        this.metrics = metrics;
    }

    /** All measurements in Prometheus' text format. */
    @GetMapping("/metrics")
    public void metrics(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Caller.of(request).requireAdmin();
        var out = new ByteArrayOutputStream();
        writer.write(out, metrics.snapshot(), EscapingScheme.UNDERSCORE_ESCAPING);
        response.setHeader("Cache-Control", "no-store");
        response.setContentType(PrometheusTextFormatWriter.CONTENT_TYPE);
        response.setContentLength(out.size());
        response.getOutputStream().write(out.toByteArray());
    }
}
