package dev.nextstep.cli.bench;

import java.util.ArrayList;
import java.util.List;

/** Columns of text: the first one to the left, the others to the right. */
final class TextTable {
    private final List<List<String>> rows = new ArrayList<>();

    TextTable row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    List<String> lines() {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        var widths = new int[columns];
        for (var row : rows) {
            for (int c = 0; c < row.size(); c++) {
                widths[c] = Math.max(widths[c], row.get(c).length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (int c = 0; c < row.size(); c++) {
            String space = " ".repeat(widths[c] - row.get(c).length());
            line.append("  ").append(c == 0 ? row.get(c) + space : space + row.get(c));
        }
        return line.toString().stripTrailing();
    }

    /** All rows, the heading first. */
    List<List<String>> rows() {
        return List.copyOf(rows);
    }
}
