package dev.nextstep.cli.bench;

import dev.nextstep.cli.bench.BarChart.Bar;
import java.util.List;
import java.util.Optional;

/** A report as a page that needs nothing else: tables and plots. */
public final class HtmlReport {
    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>nextstep bench</title>
            <style>
            :root { color-scheme: light dark; --a: #2563a8; --b: #d97a1e; --line: #8884; }
            body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
            h2 { margin-top: 2.5rem; }
            table { border-collapse: collapse; margin: 1rem 0; font-variant-numeric: tabular-nums; }
            th, td { padding: .2rem .7rem; text-align: right; border-bottom: 1px solid var(--line); }
            th:first-child, td:first-child { text-align: left; }
            svg { width: 100%; height: auto; font: 12px system-ui, sans-serif; fill: currentColor; }
            .s0 { fill: var(--a); } .s1 { fill: var(--b); }
            .limit { stroke: currentColor; stroke-dasharray: 4 3; }
            </style>
            </head>
            <body>
            <h1>nextstep bench</h1>
            """;

    private HtmlReport() {}

    /**
     * The page.
     *
     * @param history runs before this one, the oldest first
     */
    public static String page(BenchReport report, Optional<Comparison> comparison, List<HistoryEntry> history) {
        var html = new StringBuilder(HEAD);
        Captions.conditions(report).forEach(line -> html.append(Html.paragraph(line)));
        comparison.ifPresent(c -> comparison(html, c));
        if (report.limits().isPresent()) {
            kernels(html, report, report.limits().get());
        }
        report.stages().ifPresent(stages -> stages(html, stages));
        if (!report.batches().isEmpty()) {
            batches(html, report);
        }
        HistoryPlot.of(report.historyEntry(), history)
                .ifPresent(plot -> html.append(Html.heading("Earlier runs"))
                        .append(Html.paragraph(HistoryPlot.CAPTION))
                        .append(plot.svg()));
        return html.append("</body>\n</html>\n").toString();
    }

    private static void comparison(StringBuilder html, Comparison comparison) {
        html.append(Html.heading("Against the last run")).append(Html.paragraph(comparison.summary()));
        if (comparison.changes().size()
                > comparison.changes(Comparison.Verdict.SAME).size()) {
            html.append(Html.table(Tables.changes(comparison)));
        }
    }

    private static void kernels(StringBuilder html, BenchReport report, MachineLimits limits) {
        var bars = report.kernels().stream()
                .map(k -> {
                    double share = k.hasShare(limits) ? k.shareOfLimit(limits) : 0;
                    String text = k.hasShare(limits)
                            ? "%s of %s"
                                    .formatted(
                                            Figures.percent(share),
                                            k.bound(limits).id())
                            : "the limit was disturbed";
                    return new Bar("%s, rows: %d".formatted(k.weights(), k.rows()), List.of(share), text);
                })
                .toList();
        html.append(Html.heading("Kernels"))
                .append(Html.paragraph(Captions.limits(report)))
                .append(Html.paragraph(Captions.kernels(report) + "; the dashed line is the limit"))
                .append(new BarChart("share of the machine's limit", List.of("share of the limit"), bars, 1).svg())
                .append(Html.table(Tables.kernels(report)));
    }

    private static void stages(StringBuilder html, StagesReport stages) {
        var latency = stages.lengths().stream()
                .map(l -> stacked(
                        l,
                        l.transformerPerToken().median(),
                        l.flowHeadPerToken().median()))
                .toList();
        var totals = stages.lengths().stream()
                .map(l -> stacked(l, l.transformer().median(), l.flowHead().median()))
                .toList();
        var decoding = stages.decoding().stream()
                .map(d -> new Bar(
                        "%1$d x %1$d pixels".formatted(d.side()),
                        List.of(d.seconds().median()),
                        (d.estimated() ? "~" : "") + Figures.seconds(d.seconds().median())))
                .toList();
        var series = List.of("transformer", "flow head");
        html.append(Html.heading("Stages")).append(Html.paragraph(Captions.stages(stages)));
        html.append("<h3>One token</h3>\n").append(new BarChart("latency of one token", series, latency, 0).svg());
        html.append("<h3>All tokens</h3>\n").append(new BarChart("all tokens", series, totals, 0).svg());
        html.append(Html.table(Tables.stages(stages)));
        html.append("<h3>Decoding</h3>\n").append(new BarChart("decoding", List.of("VAE"), decoding, 0).svg());
        html.append(Html.table(Tables.decoding(stages))).append(Html.paragraph(Captions.stagesNote(stages)));
    }

    private static Bar stacked(StageResult length, double transformer, double flowHead) {
        String text = (length.estimated() ? "~" : "") + Figures.seconds(transformer + flowHead);
        return new Bar("tokens: " + length.tokens(), List.of(transformer, flowHead), text);
    }

    private static void batches(StringBuilder html, BenchReport report) {
        var bars = report.batches().stream()
                .map(b -> new Bar(
                        "together: " + b.pictures(),
                        List.of(b.picturesPerSecond()),
                        Figures.number(b.picturesPerSecond()) + " pictures/s"))
                .toList();
        html.append(Html.heading("Batches and memory"))
                .append(Html.paragraph(Captions.batches()))
                .append(new BarChart("pictures a second", List.of("pictures/s"), bars, 0).svg())
                .append(Html.table(Tables.batches(report)));
    }
}
