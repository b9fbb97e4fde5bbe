package dev.nextstep.train.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reports as a table in Markdown: a line for each figure, a column for each model. */
public final class ReportTable {
    private ReportTable() {}

    /**
     * The table, with the facts of the first report below it.
     *
     * @param reports at least one; the first one's figures make the lines
     */
    public static String markdown(List<EvaluationReport> reports) {
        var first = reports.getFirst();
        var text = new StringBuilder();
        text.append("# ")
                .append(first.model())
                .append(" at ")
                .append(first.size())
                .append(" pixels\n\n");
        var head = new ArrayList<>(List.of("what", "at least"));
        for (var report : reports) {
            head.add(report.model() + (report.size() == first.size() ? "" : " at " + report.size() + " px"));
        }
        row(text, head);
        row(text, head.stream().map(column -> "---").toList());
        for (var figure : first.figures()) {
            var line = new ArrayList<String>();
            line.add(figure.text());
            line.add(
                    figure.bar().isPresent() ? plain(figure.unit(), figure.bar().getAsDouble()) : "");
            for (var report : reports) {
                line.add(report.find(figure.id()).map(ReportTable::cell).orElse("not measured"));
            }
            row(text, line);
        }
        text.append("\nBehind ±: the standard error; n: observations.\n\n");
        first.facts()
                .forEach((name, fact) ->
                        text.append("* ").append(name).append(": ").append(fact).append('\n'));
        return text.toString();
    }

    private static void row(StringBuilder text, List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static String cell(Figure figure) {
        var estimate = figure.estimate();
        String value = switch (figure.unit()) {
            case SHARE ->
                String.format(Locale.ROOT, "%.1f ± %.1f %%", 100 * estimate.value(), 100 * estimate.standardError());
            case DECIBELS -> String.format(Locale.ROOT, "%.2f ± %.2f dB", estimate.value(), estimate.standardError());
            case NUMBER -> String.format(Locale.ROOT, "%.4g ± %.2g", estimate.value(), estimate.standardError());
        };
        boolean missed =
                figure.bar().isPresent() && estimate.value() < figure.bar().getAsDouble();
        return value + " (n " + estimate.count() + ")" + (missed ? " **missed**" : "");
    }

    private static String plain(Figure.Unit unit, double value) {
        return switch (unit) {
            case SHARE -> String.format(Locale.ROOT, "%.0f %%", 100 * value);
            case DECIBELS -> String.format(Locale.ROOT, "%.1f dB", value);
            case NUMBER -> String.format(Locale.ROOT, "%.4g", value);
        };
    }
}
