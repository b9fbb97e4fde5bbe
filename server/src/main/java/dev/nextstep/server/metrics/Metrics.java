package dev.nextstep.server.metrics;

import dev.nextstep.Picture;
import dev.nextstep.Progress;
import dev.nextstep.server.drawing.ArtifactWarning;
import dev.nextstep.server.queue.DrawingWatch;
import dev.nextstep.server.queue.End;
import dev.nextstep.server.queue.JobService;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Unit;
import java.time.Duration;

/** The measurements of a server; {@code docs/server.md} lists them. Safe for use by several threads. */
public final class Metrics implements DrawingWatch {
    private static final double[] SECONDS = {0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000};

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter tokens = Counter.builder()
            .name("nextstep_tokens")
            .help("Image tokens drawn by this server.")
            .withoutExemplars() // they need a thread of their own
            .register(registry);
    private final Counter ended = Counter.builder()
            .name("nextstep_pictures_ended")
            .help("Pictures that this server stopped drawing, by how that ended.")
            .labelNames("end")
            .withoutExemplars()
            .register(registry);
    private final Counter warnings = Counter.builder()
            .name("nextstep_artifact_warnings")
            .help("Finished pictures with something that is rare in sound ones, by what it is.")
            .labelNames("kind")
            .withoutExemplars()
            .register(registry);
    private final Histogram waiting = Histogram.builder()
            .name("nextstep_waiting")
            .unit(Unit.SECONDS)
            .help("From the acceptance of a job to the begin of a picture.")
            .classicOnly()
            .classicUpperBounds(SECONDS)
            .withoutExemplars()
            .register(registry);
    private final Histogram stages = Histogram.builder()
            .name("nextstep_stage")
            .unit(Unit.SECONDS)
            .help("Stages of pictures: prompt (with source pictures), tokens, decoding.")
            .labelNames("stage")
            .classicOnly()
            .classicUpperBounds(SECONDS)
            .withoutExemplars()
            .register(registry);
    private final Histogram requests = Histogram.builder()
            .name("nextstep_http_request")
            .unit(Unit.SECONDS)
            .help("Requests until the end of their answer, streams included.")
            .labelNames("method", "route", "status")
            .classicOnly()
            .classicUpperBounds(SECONDS)
            .withoutExemplars()
            .register(registry);
    private final TokenDrift drift = new TokenDrift();

    /** Measurements of a server that has not begun to draw. */
    public Metrics() {
        for (var end : End.values()) {
            ended.initLabelValues(end.id());
        }
        ArtifactWarning.kinds().forEach(warnings::initLabelValues);
        GaugeWithCallback.builder()
                .name("nextstep_token_mean")
                .help(
                        "Mean of the values of image tokens, of the first and the last quarter of each picture; moving average.")
                .labelNames("part")
                .callback(gauge -> drift.now().ifPresent(now -> {
                    gauge.call(now.first().mean(), "first");
                    gauge.call(now.last().mean(), "last");
                }))
                .register(registry);
        GaugeWithCallback.builder()
                .name("nextstep_token_variance")
                .help(
                        "Variance of the values of image tokens, of the first and the last quarter of each picture; moving average.")
                .labelNames("part")
                .callback(gauge -> drift.now().ifPresent(now -> {
                    gauge.call(now.first().variance(), "first");
                    gauge.call(now.last().variance(), "last");
                }))
                .register(registry);
        ProcessMetrics.register(registry);
    }

    /** Begins to watch a queue. */
    public void watch(JobService service, String model) {
        Info.builder()
                .name("nextstep_model")
                .help("The model that draws here.")
                .labelNames("model")
                .register(registry)
                .setLabelValues(model);
        GaugeWithCallback.builder()
                .name("nextstep_pictures")
                .help("Pictures in the database, by their state; those of all servers that share it.")
                .labelNames("state")
                .callback(gauge -> service.pictureCounts().forEach((state, count) -> gauge.call(count, state.id())))
                .register(registry);
        GaugeWithCallback.builder()
                .name("nextstep_queue_depth")
                .help("Pictures that wait for this model.")
                .callback(gauge -> gauge.call(service.waiting()))
                .register(registry);
        GaugeWithCallback.builder()
                .name("nextstep_pictures_drawing")
                .help("Pictures that this server is drawing.")
                .callback(gauge -> gauge.call(service.drawing()))
                .register(registry);
    }

    /** All of them now. */
    public MetricSnapshots snapshot() {
        return registry.scrape();
    }

    /** A request was answered. */
    void request(String method, String route, int status, Duration took) {
        requests.labelValues(method, route, Integer.toString(status)).observe(seconds(took));
    }

    @Override
    public void begun(Duration waited) {
        waiting.observe(seconds(waited));
    }

    @Override
    public void tokens(int count) {
        tokens.inc(count);
    }

    @Override
    public void stage(Progress.Stage stage, Duration took) {
        var name = switch (stage) {
            case READING -> "prompt";
            case DRAWING -> "tokens";
            case DECODING, DONE -> "decoding";
        };
        stages.labelValues(name).observe(seconds(took));
    }

    @Override
    public void drawn(Picture picture) {
        drift.add(picture.tokens());
    }

    @Override
    public void warned(String kind) {
        warnings.labelValues(kind).inc();
    }

    @Override
    public void ended(End end) {
        ended.labelValues(end.id()).inc();
    }

    private static double seconds(Duration duration) {
        return Math.max(0, duration.toNanos() / 1e9);
    }
}
