package dev.nextstep.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What tables and plots need said beside them, the same on the terminal and on the page. */
final class Captions {
    private Captions() {}

    /** Machine, program, model, and how much the figures can be trusted. */
    static List<String> conditions(BenchReport report) {
        var lines = new ArrayList<String>();
        var machine = report.machine();
        lines.add(machine.text());
        if (!machine.features().isEmpty()) {
            lines.add("features: " + String.join(" ", machine.features()));
        }
        lines.add(String.format(
                Locale.ROOT,
                "version %s, threads: %d, load average %s at the start and %s at the end, %s",
                report.version(),
                report.threads(),
                load(report.loadAtStart()),
                load(report.loadAtEnd()),
                report.at()));
        var model = report.model();
        lines.add("model %s, weights of %s%s: %s"
                .formatted(
                        model.name(),
                        Figures.bytes((double) model.weightsBytes()),
                        model.hash()
                                .map(hash -> ", hash " + hash.substring(0, Math.min(12, hash.length())))
                                .orElse(""),
                        model.workload()));
        lines.add("medians of %s"
                .formatted(
                        report.effort().rounds() == 1
                                ? "one round"
                                : "up to %d rounds".formatted(report.effort().rounds())));
        if (machine.busy(report.loadAtStart())) {
            lines.add("others were computing when this began: do not trust these figures");
        }
        if (report.effort() == Effort.QUICK) {
            lines.add(
                    "a quick run: small matrices, few steps, nothing warmed up; it shows that things work, not how fast");
        }
        return lines;
    }

    private static String load(double load) {
        return load < 0 ? "unknown" : String.format(Locale.ROOT, "%.2f", load);
    }

    static String limits(BenchReport report) {
        return report.limits()
                .map(limits -> "limits of this machine: memory is read at %s GB/s, fp32 multiply-adds run at %s GFLOP/s"
                        .formatted(
                                Figures.number(limits.readBytesPerSecond() / 1e9),
                                Figures.number(limits.flopsPerSecond() / 1e9)))
                .orElse("");
    }

    static String kernels(BenchReport report) {
        return "matrix products, %d x %d weights"
                .formatted(report.effort().outputs(), report.effort().inputs());
    }

    static String stages(StagesReport stages) {
        return "latency of one token and totals, guidance rows: %d, steps: %d; prompt of %d positions: %s"
                .formatted(
                        stages.guidanceRows(),
                        stages.steps(),
                        stages.promptPositions(),
                        Figures.seconds(stages.prompt().median()));
    }

    static String stagesNote(StagesReport stages) {
        boolean estimated = stages.lengths().stream().anyMatch(StageResult::estimated)
                || stages.decoding().stream().anyMatch(DecodeResult::estimated);
        return "image tokens need no LM head, so no total contains it; prompt and decoding are not in them either"
                + (estimated ? "; ~ is estimated from what there was time and memory for" : "");
    }

    static String batches() {
        return "pictures drawn together, prompt to pixels; memory is that of weights and drawing";
    }
}
