package dev.nextstep.train.report;

import dev.nextstep.data.DataFiles;
import dev.nextstep.train.metrics.JsonlLog;
import dev.nextstep.train.metrics.Measurement;
import dev.nextstep.train.run.CheckpointInfo;
import dev.nextstep.train.run.RunException;
import dev.nextstep.train.run.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The report of a run: one HTML file without anything from elsewhere. It can be made while the run goes on. */
public final class RunReport {
    private static final int SAMPLE_ROWS = 12;

    private RunReport() {}

    /**
     * Writes the report into the folder of the run.
     *
     * @return where it is
     * @throws RunException if it cannot be read or written
     */
    public static Path write(RunFolder run) {
        try {
            DataFiles.write(run.report(), html(run));
            return run.report();
        } catch (IOException | UncheckedIOException e) {
            throw new RunException("report of %s cannot be made: %s".formatted(run.root(), e.getMessage()), e);
        }
    }

    private static String html(RunFolder run) throws IOException {
        var measurements = Files.exists(run.metrics()) ? JsonlLog.read(run.metrics()) : List.<Measurement>of();
        var name =
                Html.text(run.root().toAbsolutePath().normalize().getFileName().toString());
        var out = new StringBuilder();
        out.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
        out.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        out.append("<title>")
                .append(name)
                .append("</title><style>")
                .append(resource("report.css"))
                .append("</style></head><body>");
        out.append("<h1>")
                .append(name)
                .append(" <small>")
                .append(Html.text(run.kind()))
                .append("</small></h1>");
        out.append(summary(run, measurements));
        out.append("<div class=\"charts\">");
        Charts.of(measurements).forEach(c -> out.append(figure(c)));
        out.append("</div>");
        var samples = SamplePages.render(run.samples(), SAMPLE_ROWS);
        if (!samples.isEmpty()) {
            out.append("<h2>Samples</h2>").append(samples);
        }
        out.append("<h2>Recipe</h2><pre>").append(Html.text(run.recipe())).append("</pre></body></html>\n");
        return out.toString();
    }

    private static String resource(String name) throws IOException {
        try (var in = RunReport.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("the program lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String summary(RunFolder run, List<Measurement> measurements) {
        var facts = new LinkedHashMap<String, String>();
        if (!measurements.isEmpty()) {
            var last = measurements.getLast();
            facts.put("Steps", String.format(Locale.ROOT, "%,d", last.step()));
            facts.put(
                    "From first to last line",
                    words(Duration.between(measurements.getFirst().time(), last.time())));
        }
        last(measurements, Measurement.Phase.TRAIN).forEach((k, v) -> facts.put("Training " + k, v));
        last(measurements, Measurement.Phase.VALIDATION).forEach((k, v) -> facts.put("Validation " + k, v));
        var kept = run.checkpoints().list().stream()
                .map(CheckpointInfo::step)
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
        facts.put("Checkpoints kept", kept.isEmpty() ? "none" : kept);
        return facts.entrySet().stream()
                .map(e -> "<div><dt>%s</dt><dd>%s</dd></div>".formatted(Html.text(e.getKey()), Html.text(e.getValue())))
                .collect(Collectors.joining("", "<dl>", "</dl>"));
    }

    private static Map<String, String> last(List<Measurement> measurements, Measurement.Phase phase) {
        var values = new LinkedHashMap<String, String>();
        for (var measurement : measurements.reversed()) {
            if (measurement.phase() == phase) {
                measurement.values().forEach((name, value) -> {
                    if (name.endsWith("loss")) {
                        values.put(name.replace('_', ' '), String.format(Locale.ROOT, "%.4f", value));
                    }
                });
                return values;
            }
        }
        return values;
    }

    private static String words(Duration time) {
        return time.toHours() > 0
                ? "%d h %d min".formatted(time.toHours(), time.toMinutesPart())
                : "%d min %d s".formatted(time.toMinutes(), time.toSecondsPart());
    }

    private static String figure(Chart chart) {
        var legend = new StringBuilder();
        for (int i = 0; i < chart.curves().size(); i++) {
            var curve = chart.curves().get(i);
            legend.append("<span><i class=\"%s\"></i>%s <b>%s</b></span>"
                    .formatted(SvgChart.color(chart, i), Html.text(curve.name()), Ticks.text(curve.last())));
        }
        var note = chart.note().isEmpty() ? "" : " <small>" + Html.text(chart.note()) + "</small>";
        return "<figure><figcaption>%s%s</figcaption><div class=\"legend\">%s</div>%s</figure>"
                .formatted(Html.text(chart.title()), note, legend, SvgChart.render(chart));
    }
}
