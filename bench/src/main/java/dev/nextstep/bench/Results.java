package dev.nextstep.bench;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Measurements by what was measured, by whom, on how many threads; in the order in which they first came. */
final class Results {

    /** Whose time it is. */
    enum Side {
        OURS("nextstep4j"),
        OFFICIAL("official");

        private final String title;

        Side(String title) {
            this.title = title;
        }
    }

    /** What a value counts. */
    enum Unit {
        MILLISECONDS("ms"),
        MEGABYTES("MB");

        private final String symbol;

        Unit(String symbol) {
            this.symbol = symbol;
        }
    }

    private record Column(int threads, Side side) {}

    private record Row(String what, Unit unit) {}

    private final Map<Row, Map<Column, List<Double>>> rows = new LinkedHashMap<>();

    void add(String what, Unit unit, Side side, int threads, double value) {
        rows.computeIfAbsent(new Row(what, unit), row -> new LinkedHashMap<>())
                .computeIfAbsent(new Column(threads, side), column -> new ArrayList<>())
                .add(value);
    }

    void seconds(String what, Side side, int threads, double seconds) {
        add(what, Unit.MILLISECONDS, side, threads, seconds * 1e3);
    }

    /** A table with a row for each measurement: median, quartiles in brackets, and the ratio where both sides ran. */
    String markdown() {
        var threads = new TreeSet<Integer>();
        var sides = new TreeSet<Side>();
        for (var cells : rows.values()) {
            for (var column : cells.keySet()) {
                threads.add(column.threads);
                sides.add(column.side);
            }
        }
        boolean both = sides.size() > 1;
        var text = new StringBuilder("| median [quartiles] |");
        for (int n : threads) {
            for (var side : sides) {
                text.append(" %s, %d thread%s |".formatted(side.title, n, n == 1 ? "" : "s"));
            }
            text.append(both ? " ratio |" : "");
        }
        text.append("\n|---|").append("---|".repeat(threads.size() * (sides.size() + (both ? 1 : 0))));
        rows.forEach((row, cells) -> {
            text.append("\n| ")
                    .append(row.what)
                    .append(", ")
                    .append(row.unit.symbol)
                    .append(" |");
            for (int n : threads) {
                for (var side : sides) {
                    text.append(' ')
                            .append(cell(cells.get(new Column(n, side))))
                            .append(" |");
                }
                if (both) {
                    var ours = cells.get(new Column(n, Side.OURS));
                    var theirs = cells.get(new Column(n, Side.OFFICIAL));
                    text.append(ours == null || theirs == null ? " |" : ratio(ours, theirs));
                }
            }
        });
        return text.append('\n').toString();
    }

    private static String ratio(List<Double> ours, List<Double> theirs) {
        return String.format(
                Locale.ROOT,
                " %.2f |",
                Quartiles.of(theirs).median() / Quartiles.of(ours).median());
    }

    private static String cell(@Nullable List<Double> values) {
        if (values == null) {
            return "";
        }
        var q = Quartiles.of(values);
        String form = q.median() < 100 ? "%.1f [%.1f–%.1f]" : "%.0f [%.0f–%.0f]";
        return String.format(Locale.ROOT, form, q.median(), q.lower(), q.upper());
    }

    /** The machine and every single value. */
    void json(Machine machine, double loadAtEnd, OutputStream out) throws IOException {
        try (var json = new JsonFactory().createGenerator(out).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeObjectFieldStart("machine");
            json.writeStringField("processor", machine.processor());
            json.writeNumberField("processors", machine.processors());
            json.writeNumberField("vectorBits", machine.vectorBits());
            json.writeStringField("java", machine.java());
            json.writeNumberField("loadAtStart", machine.loadAtStart());
            json.writeNumberField("loadAtEnd", loadAtEnd);
            json.writeStringField("at", machine.at().toString());
            json.writeEndObject();
            json.writeArrayFieldStart("measurements");
            for (var row : rows.entrySet()) {
                for (var cell : row.getValue().entrySet()) {
                    var q = Quartiles.of(cell.getValue());
                    json.writeStartObject();
                    json.writeStringField("what", row.getKey().what);
                    json.writeStringField("unit", row.getKey().unit.symbol);
                    json.writeStringField("side", cell.getKey().side.title);
                    json.writeNumberField("threads", cell.getKey().threads);
                    json.writeNumberField("median", q.median());
                    json.writeNumberField("least", Collections.min(cell.getValue()));
                    json.writeNumberField("lowerQuartile", q.lower());
                    json.writeNumberField("upperQuartile", q.upper());
                    json.writeArrayFieldStart("values");
                    for (double value : cell.getValue()) {
                        json.writeNumber(value);
                    }
                    json.writeEndArray();
                    json.writeEndObject();
                }
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }
}
