package dev.nextstep.cli.bench;

import java.util.Locale;
import java.util.OptionalLong;

/** The tables of a report, the same on the terminal and on the page. */
final class Tables {
    private Tables() {}

    static TextTable kernels(BenchReport report) {
        var table = new TextTable().row("weights", "rows", "time", "GB/s", "GFLOP/s", "of the limit", "which is");
        report.limits().ifPresent(limits -> {
            for (var kernel : report.kernels()) {
                table.row(
                        kernel.weights(),
                        Integer.toString(kernel.rows()),
                        Figures.seconds(kernel.seconds().median()),
                        Figures.number(kernel.gigabytesPerSecond()),
                        Figures.number(kernel.gigaflopsPerSecond()),
                        kernel.hasShare(limits) ? Figures.percent(kernel.shareOfLimit(limits)) : "–",
                        kernel.bound(limits).id());
            }
        });
        return table;
    }

    static TextTable stages(StagesReport stages) {
        var table = new TextTable()
                .row("tokens", "transformer, ms", "LM head, ms", "flow head, ms", "total, s", "without flow head, s");
        for (var length : stages.lengths()) {
            String mark = length.estimated() ? "~" : "";
            table.row(
                    Integer.toString(length.tokens()),
                    Figures.millis(length.transformerPerToken().median()),
                    Figures.millis(stages.languageHead().median()),
                    Figures.millis(length.flowHeadPerToken().median()),
                    mark + Figures.number(length.total().median()),
                    mark + Figures.number(length.transformer().median()));
        }
        return table;
    }

    static TextTable decoding(StagesReport stages) {
        var table = new TextTable().row("pixels", "decoding, s");
        for (var decoding : stages.decoding()) {
            table.row(
                    "%1$d x %1$d".formatted(decoding.side()),
                    (decoding.estimated() ? "~" : "")
                            + Figures.number(decoding.seconds().median()));
        }
        return table;
    }

    static TextTable batches(BenchReport report) {
        var table = new TextTable().row("together", "time", "pictures/s", "memory, predicted", "peak resident");
        for (var batch : report.batches()) {
            table.row(
                    Integer.toString(batch.pictures()),
                    Figures.seconds(batch.seconds().median()),
                    Figures.number(batch.picturesPerSecond()),
                    Figures.bytes((double) batch.predictedBytes()),
                    memory(batch.peakResidentBytes()));
        }
        return table;
    }

    static String memory(OptionalLong bytes) {
        return bytes.isPresent() ? Figures.bytes((double) bytes.getAsLong()) : "unknown";
    }

    static TextTable changes(Comparison comparison) {
        var table = new TextTable().row("measure", "before", "now", "ratio");
        for (var verdict : new Comparison.Verdict[] {Comparison.Verdict.WORSE, Comparison.Verdict.BETTER}) {
            for (var change : comparison.changes(verdict)) {
                table.row(
                        change.name(),
                        change.before().text(),
                        change.now().text(),
                        Figures.number(change.ratio()) + " " + verdict.name().toLowerCase(Locale.ROOT));
            }
        }
        return table;
    }
}
