package dev.nextstep.workflow.batch;

import dev.nextstep.data.DataException;
import java.util.ArrayList;
import java.util.List;

/** Comma-separated values as RFC 4180 has them: quotes, doubled quotes, line breaks in quotes; empty lines are left out. */
final class Csv {
    /**
     * A record.
     *
     * @param line where it begins, counted from 1
     */
    record Row(int line, List<String> fields) {}

    private final String text;
    private final String file;
    private int at;
    private int line = 1;

    private Csv(String text, String file) {
        this.text = text;
        this.file = file;
    }

    /**
     * Reads all records.
     *
     * @throws DataException if a quote is not closed or stands in the middle of a field
     */
    static List<Row> read(String text, String file) {
        var csv = new Csv(text, file);
        var rows = new ArrayList<Row>();
        while (csv.at < text.length()) {
            int begins = csv.line;
            var fields = csv.row();
            if (fields.size() > 1 || !fields.getFirst().isBlank()) {
                rows.add(new Row(begins, fields));
            }
        }
        return rows;
    }

    private List<String> row() {
        var fields = new ArrayList<String>();
        while (true) {
            fields.add(at < text.length() && text.charAt(at) == '"' ? quoted() : plain());
            if (at >= text.length()) {
                return fields;
            }
            char end = text.charAt(at++);
            if (end == '\n') {
                line++;
                return fields;
            }
            if (end == '\r') {
                if (at < text.length() && text.charAt(at) == '\n') {
                    at++;
                }
                line++;
                return fields;
            }
        }
    }

    private String plain() {
        int from = at;
        while (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(from, at);
    }

    private String quoted() {
        int begins = line;
        var field = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '"') {
                line += c == '\n' ? 1 : 0;
                field.append(c);
            } else if (at < text.length() && text.charAt(at) == '"') {
                field.append('"');
                at++;
            } else {
                if (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
                    throw new DataException("%s:%d: something stands behind a closing quote; quotes within are doubled"
                            .formatted(file, line));
                }
                return field.toString();
            }
        }
        throw new DataException("%s:%d: this quote is never closed".formatted(file, begins));
    }
}
