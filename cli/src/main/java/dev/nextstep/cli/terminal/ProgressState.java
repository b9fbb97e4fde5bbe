package dev.nextstep.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How far something is, and how that reads.
 *
 * @param label what is done; may be empty
 * @param total 0 if it is not known
 * @param perSecond NaN if it is not known yet
 * @param nanos since the start
 */
record ProgressState(String label, ProgressUnit unit, long done, long total, double perSecond, long nanos) {
    private static final int WIDEST_BAR = 40;
    private static final int NARROWEST_BAR = 8;

    static ProgressState of(
            String label, ProgressUnit unit, long done, long total, OptionalDouble perSecond, long nanos) {
        return new ProgressState(label, unit, done, total, perSecond.orElse(Double.NaN), nanos);
    }

    /** Rounded down, so that 100 means done. */
    int percent() {
        return (int) Math.floor(100 * fraction());
    }

    private double fraction() {
        return total == 0 ? 0 : Math.clamp((double) done / total, 0, 1);
    }

    /** The line for streams that are no terminals. */
    String plainLine() {
        List<String> facts = new ArrayList<>();
        facts.add(total == 0 ? unit.amount(done) : unit.part(done, total));
        facts.addAll(speed());
        String name = label.isEmpty() ? "" : label + ": ";
        return "nextstep: "
                + name
                + (total == 0 ? String.join(", ", facts) : percent() + " % (" + String.join(", ", facts) + ")");
    }

    /** What is said at the end. */
    String summary() {
        String name = label.isEmpty() ? "" : label + ": ";
        String rate = nanos > 0 && done > 0 ? " (" + unit.rate(done * 1e9 / nanos) + ")" : "";
        return "nextstep: " + name + unit.amount(done) + " in " + Durations.words(java.time.Duration.ofNanos(nanos))
                + rate;
    }

    /**
     * The line for terminals, without escape codes other than colours, never wider than the given columns: what matters
     * least is left out first.
     */
    String terminalLine(int columns, Styles styles, Glyphs glyphs) {
        List<String> facts = new ArrayList<>();
        if (total > 0) {
            facts.add(" ".repeat(3 - Integer.toString(percent()).length()) + percent() + " %");
            facts.add(unit.shortPart(done, total));
        } else {
            facts.add(unit.amount(done));
        }
        facts.addAll(speed());
        String start = label.isEmpty() ? "" : shorten(label, columns / 3, glyphs) + "  ";
        while (facts.size() > 1 && room(start, facts, columns) < (total > 0 ? NARROWEST_BAR : 0)) {
            facts.remove(facts.size() == 4 ? 2 : facts.size() - 1); // what is left says more than the rate
        }
        int room = Math.min(WIDEST_BAR, room(start, facts, columns));
        if (total == 0 || room < NARROWEST_BAR) {
            return shorten(start + String.join("  ", facts), columns, glyphs);
        }
        String percent = facts.removeFirst();
        String rest = facts.isEmpty() ? "" : "  " + styles.dim(String.join("  ", facts));
        return start + bar(room, styles, glyphs) + " " + percent + rest;
    }

    /** Columns that remain for a bar and a blank. */
    private static int room(String start, List<String> facts, int columns) {
        return columns - width(start) - width(String.join("  ", facts)) - 1;
    }

    private List<String> speed() {
        if (Double.isNaN(perSecond)) {
            return List.of();
        }
        String rate = unit.rate(perSecond);
        return total <= done ? List.of(rate) : List.of(rate, Durations.left((total - done) / perSecond) + " left");
    }

    private String bar(int width, Styles styles, Glyphs glyphs) {
        int halves = (int) Math.floor(2 * width * fraction());
        String full = glyphs == Glyphs.UNICODE ? "━" : "#";
        String half = glyphs == Glyphs.UNICODE ? "╸" : "";
        String empty = styles.colors() == ColorDepth.NONE && glyphs == Glyphs.UNICODE ? " " : full;
        String filled = full.repeat(halves / 2) + (halves % 2 == 1 ? half : "");
        if (glyphs == Glyphs.ASCII) {
            return styles.accent(filled) + styles.dim(".".repeat(width - filled.length()));
        }
        return styles.accent(filled) + styles.dim(empty.repeat(width - filled.length()));
    }

    private static String shorten(String text, int columns, Glyphs glyphs) {
        if (width(text) <= columns) {
            return text;
        }
        String end = glyphs == Glyphs.UNICODE ? "…" : "~";
        var out = new StringBuilder();
        int used = 0;
        for (int c : text.codePoints().toArray()) {
            used += cells(c);
            if (used > columns - 1) {
                break;
            }
            out.appendCodePoint(c);
        }
        return columns < 1 ? "" : out.append(end).toString();
    }

    private static int width(String text) {
        return text.codePoints().map(ProgressState::cells).sum();
    }

    /** At most what a terminal takes: everything from Hangul on counts as wide, so that a line never wraps. */
    private static int cells(int codePoint) {
        return codePoint >= 0x1100 && (codePoint < 0x2000 || codePoint > 0x2BFF) ? 2 : 1;
    }
}
