package dev.nextstep.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A report for the terminal. */
public final class TextReport {
    private TextReport() {}

    /** Its lines. */
    public static List<String> lines(BenchReport report, Optional<Comparison> comparison) {
        var lines = new ArrayList<>(Captions.conditions(report));
        if (report.limits().isPresent()) {
            lines.addAll(List.of("", Captions.limits(report), Captions.kernels(report)));
            lines.addAll(Tables.kernels(report).lines());
        }
        report.stages().ifPresent(stages -> {
            lines.addAll(List.of("", Captions.stages(stages)));
            if (stages.lengths().isEmpty()) {
                lines.add("  the model has too few positions for the shortest picture");
            } else {
                lines.addAll(Tables.stages(stages).lines());
            }
            lines.addAll(Tables.decoding(stages).lines());
            lines.add(Captions.stagesNote(stages));
        });
        if (!report.batches().isEmpty()) {
            lines.addAll(List.of("", Captions.batches()));
            lines.addAll(Tables.batches(report).lines());
        }
        comparison.ifPresent(c -> {
            lines.addAll(List.of("", c.summary()));
            if (c.changes().size() > c.changes(Comparison.Verdict.SAME).size()) {
                lines.addAll(Tables.changes(c).lines());
            }
        });
        return lines;
    }
}
