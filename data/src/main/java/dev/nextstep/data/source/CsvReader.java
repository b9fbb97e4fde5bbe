package dev.nextstep.data.source;

import dev.nextstep.data.DataException;
import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Records of a CSV file (RFC 4180): commas, quotes doubled within quotes, line ends within quotes. */
final class CsvReader {
    private static final int MAX_FIELD = 1 << 24;

    private final PushbackReader in;
    private int line = 1;
    private int recordLine = 1;

    CsvReader(Reader in) throws IOException {
        this.in = new PushbackReader(in);
        int first = this.in.read();
        if (first >= 0 && first != '\uFEFF') {
            this.in.unread(first);
        }
    }

    /** Line on which the last record began. */
    int line() {
        return recordLine;
    }

    /** The next record; empty at the end. */
    Optional<List<String>> next() throws IOException {
        recordLine = line;
        int c = read();
        if (c < 0) {
            return Optional.empty();
        }
        var fields = new ArrayList<String>();
        var field = new StringBuilder();
        boolean quoted = false;
        boolean wasQuoted = false;
        for (; ; c = read()) {
            if (field.length() > MAX_FIELD) {
                throw new DataException(
                        "line %d: a field has more than %d characters".formatted(recordLine, MAX_FIELD));
            }
            if (quoted) {
                if (c < 0) {
                    throw new DataException("line %d: a quote is not closed".formatted(recordLine));
                }
                if (c != '"') {
                    field.append((char) c);
                } else if (peek() == '"') {
                    field.append((char) read());
                } else {
                    quoted = false;
                }
            } else if (c == ',' || c == '\n' || c < 0) {
                fields.add(field.toString());
                field.setLength(0);
                wasQuoted = false;
                if (c != ',') {
                    return Optional.of(fields);
                }
            } else if (c == '"' && field.isEmpty() && !wasQuoted) {
                quoted = true;
                wasQuoted = true;
            } else if (c != '\r' || peek() != '\n') {
                field.append((char) c);
            }
        }
    }

    private int read() throws IOException {
        int c = in.read();
        if (c == '\n') {
            line++;
        }
        return c;
    }

    private int peek() throws IOException {
        int c = in.read();
        if (c >= 0) {
            in.unread(c);
        }
        return c;
    }
}
