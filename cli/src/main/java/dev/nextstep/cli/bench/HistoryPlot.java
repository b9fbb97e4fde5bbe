package dev.nextstep.cli.bench;

import dev.nextstep.cli.bench.BarChart.Bar;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** How times got on from run to run. */
final class HistoryPlot {
    static final String CAPTION =
            "the mean ratio of every measure to this run, under the same conditions; the dashed line is this run, shorter is faster";

    /** So many runs are shown at most. */
    private static final int RUNS = 20;

    private HistoryPlot() {}

    /** A bar for each earlier run that can be compared; empty if there is none. */
    static Optional<BarChart> of(HistoryEntry now, List<HistoryEntry> history) {
        var bars = new ArrayList<Bar>();
        for (var before : history.subList(Math.max(0, history.size() - RUNS), history.size())) {
            var logarithms = now.measures().entrySet().stream()
                    .filter(m -> m.getValue().unit() == Measure.Unit.SECONDS && now.isComparable(before, m.getKey()))
                    .mapToDouble(m ->
                            Math.log(Objects.requireNonNull(before.measures().get(m.getKey()))
                                            .value()
                                            .median()
                                    / m.getValue().value().median()))
                    .filter(Double::isFinite)
                    .average();
            if (logarithms.isPresent()) {
                double ratio = Math.exp(logarithms.getAsDouble()); // the geometric mean
                bars.add(new Bar(before.at().toString(), List.of(ratio), Figures.number(ratio)));
            }
        }
        return bars.isEmpty() ? Optional.empty() : Optional.of(new BarChart("earlier runs", List.of("time"), bars, 1));
    }
}
