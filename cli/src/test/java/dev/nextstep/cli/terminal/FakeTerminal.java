package dev.nextstep.cli.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A terminal of characters in memory: cursor, scrolling, erasing, colours, and the graphics sequences it received with the
 * line of the whole history in which the cursor stood. Anything that it does not know fails.
 */
final class FakeTerminal {
    static final int DEFAULT_COLOR = -1;
    static final int PALETTE = 1 << 24;

    record Cell(int character, int ink, int ground) {}

    record Graphic(String sequence, int line, int column) {}

    private static final Cell BLANK = new Cell(' ', DEFAULT_COLOR, DEFAULT_COLOR);

    private final int columns;
    private final int rows;
    private final List<Cell[]> lines = new ArrayList<>();
    final List<Graphic> graphics = new ArrayList<>();
    private int top;
    private int line;
    private int column;
    private int savedRow;
    private int savedColumn;
    private int ink = DEFAULT_COLOR;
    private int ground = DEFAULT_COLOR;
    private int wraps;

    FakeTerminal(int columns, int rows) {
        this.columns = columns;
        this.rows = rows;
        for (int i = 0; i < rows; i++) {
            lines.add(blankLine());
        }
    }

    private Cell[] blankLine() {
        var cells = new Cell[columns];
        Arrays.fill(cells, BLANK);
        return cells;
    }

    TerminalOutput output() {
        return TerminalOutput.of(new java.io.PrintWriter(new java.io.Writer() {
            @Override
            public void write(char[] buffer, int from, int length) {
                feed(new String(buffer, from, length));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        }));
    }

    void feed(String text) {
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            switch (c) {
                case '\r' -> column = 0;
                case '\n' -> lineFeed();
                case 27 -> i = escape(text, i);
                default -> put(c);
            }
        }
    }

    private void put(int character) {
        if (column == columns) {
            wraps++;
            lineFeed();
        }
        lines.get(line)[column++] = new Cell(character, ink, ground);
    }

    /** With the carriage return that the terminal driver adds. */
    private void lineFeed() {
        column = 0;
        line++;
        if (line == top + rows) {
            lines.add(blankLine());
            top++;
        }
    }

    private int escape(String text, int i) {
        char kind = text.charAt(i);
        return switch (kind) {
            case '7' -> {
                savedRow = line - top;
                savedColumn = column;
                yield i + 1;
            }
            case '8' -> {
                line = top + savedRow;
                column = savedColumn;
                yield i + 1;
            }
            case '[' -> {
                int end = i + 1;
                while (text.charAt(end) < '@') {
                    end++;
                }
                control(text.substring(i + 1, end), text.charAt(end));
                yield end + 1;
            }
            case '_', 'P' -> string(text, i, "\u001b\\");
            case ']' -> string(text, i, "\u0007");
            default -> throw new AssertionError("unknown escape sequence " + (int) kind);
        };
    }

    private int string(String text, int from, String terminator) {
        int end = text.indexOf(terminator, from);
        if (end < 0) {
            throw new AssertionError("a string sequence does not end");
        }
        graphics.add(new Graphic(text.substring(from, end), line, column));
        line = Math.min(top + rows - 1, line + 1); // some terminals move the cursor, in one way or another
        column = columns - 1;
        return end + terminator.length();
    }

    private void control(String parameters, char end) {
        switch (end) {
            case 'A' -> line = Math.max(top, line - Integer.parseInt(parameters));
            case 'B' -> line = Math.min(top + rows - 1, line + Integer.parseInt(parameters));
            case 'J' -> {
                Arrays.fill(lines.get(line), column, columns, BLANK);
                for (int below = line + 1; below < top + rows; below++) {
                    lines.set(below, blankLine());
                }
            }
            case 'K' -> {
                int from = parameters.equals("2") ? 0 : column;
                Arrays.fill(lines.get(line), from, columns, BLANK);
            }
            case 'm' -> colors(parameters);
            default -> throw new AssertionError("unknown control sequence " + parameters + end);
        }
    }

    private void colors(String parameters) {
        int[] codes =
                Arrays.stream(parameters.split(";")).mapToInt(Integer::parseInt).toArray();
        switch (codes[0]) {
            case 0 -> {
                ink = DEFAULT_COLOR;
                ground = DEFAULT_COLOR;
            }
            case 38 -> ink = extended(codes);
            case 48 -> ground = extended(codes);
            case 39 -> ink = DEFAULT_COLOR;
            case 49 -> ground = DEFAULT_COLOR;
            case 1, 2 -> {}
            default -> {
                int code = codes[0];
                if (code >= 30 && code <= 37) {
                    ink = PALETTE | (code - 30);
                } else if (code >= 90 && code <= 97) {
                    ink = PALETTE | (code - 82);
                } else if (code >= 40 && code <= 47) {
                    ground = PALETTE | (code - 40);
                } else if (code >= 100 && code <= 107) {
                    ground = PALETTE | (code - 92);
                } else {
                    throw new AssertionError("unknown colour " + parameters);
                }
            }
        }
    }

    private static int extended(int[] codes) {
        return codes[1] == 5 ? PALETTE | codes[2] : codes[2] << 16 | codes[3] << 8 | codes[4];
    }

    /** A cell of the screen, counted from the first line of the history. */
    Cell cell(int atColumn, int atLine) {
        return lines.get(atLine)[atColumn];
    }

    /** A line of the history without blanks at its end. */
    String line(int atLine) {
        var out = new StringBuilder();
        for (Cell cell : lines.get(atLine)) {
            out.appendCodePoint(cell.character());
        }
        return out.toString().stripTrailing();
    }

    /** All lines of the history that are not blank. */
    List<String> text() {
        List<String> out = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!line(i).isEmpty()) {
                out.add(line(i));
            }
        }
        return out;
    }

    int cursorLine() {
        return line;
    }

    int cursorColumn() {
        return column;
    }

    /** How often a line ran over the right edge. */
    int wraps() {
        return wraps;
    }

    /** How many lines went off the screen at the top. */
    int scrolled() {
        return top;
    }
}
