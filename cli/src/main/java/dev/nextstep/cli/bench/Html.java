package dev.nextstep.cli.bench;

import java.util.List;

/** Pieces of a page. */
final class Html {
    private Html() {}

    /** Text as text, also inside of attributes. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    static String heading(String text) {
        return "<h2>%s</h2>\n".formatted(escape(text));
    }

    static String paragraph(String text) {
        return "<p>%s</p>\n".formatted(escape(text));
    }

    /** A table whose first row is its heading. */
    static String table(TextTable table) {
        var html = new StringBuilder("<table>\n");
        var rows = table.rows();
        for (int i = 0; i < rows.size(); i++) {
            html.append(row(rows.get(i), i == 0 ? "th" : "td"));
        }
        return html.append("</table>\n").toString();
    }

    private static String row(List<String> cells, String element) {
        var row = new StringBuilder("<tr>");
        for (var cell : cells) {
            row.append("<%1$s>%2$s</%1$s>".formatted(element, escape(cell)));
        }
        return row.append("</tr>\n").toString();
    }
}
