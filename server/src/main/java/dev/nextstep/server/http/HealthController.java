package dev.nextstep.server.http;

import dev.nextstep.server.access.OpenToAll;
import dev.nextstep.server.queue.JobService;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether the server lives, and whether it can be sent requests. */
@OpenToAll
@RestController
public final class HealthController {
    private final JobService service;

    /** Tells about that service. */
    public HealthController(JobService service) {
        this.service = service;
    }

    /**
     * An answer about health.
     *
     * @param status {@code ok}, or what is not
     */
    public record Health(@Doc("'ok', or what is not.") String status) {}

    /** The process answers. */
    @GetMapping("/health/live")
    public Health live() {
        return new Health("ok");
    }

    /** The model is open, the database answers, and the server is not being stopped. */
    @GetMapping("/health/ready")
    public ResponseEntity<Health> ready() {
        if (service.isStopping()) {
            return unavailable("stopping");
        }
        return service.isReady() ? ResponseEntity.ok(new Health("ok")) : unavailable("no database");
    }

    private static ResponseEntity<Health> unavailable(String status) {
        return ResponseEntity.status(503).body(new Health(status));
    }
}
