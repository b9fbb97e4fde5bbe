package dev.nextstep.cli.bench;

import java.util.List;
import java.util.Locale;

/**
 * Horizontal bars as SVG, for a page that gives the classes {@code s0}, {@code s1}, … their colours.
 *
 * @param title in words
 * @param series what the parts of each bar are, from left to right
 * @param bars from top to bottom
 * @param reference value at which a line is drawn; 0 for none
 */
record BarChart(String title, List<String> series, List<Bar> bars, double reference) {
    private static final int LABEL = 170;
    private static final int WIDTH = 720;
    private static final int VALUE = 140;
    private static final int ROW = 20;
    private static final int TOP = 28;

    /**
     * One bar.
     *
     * @param label at its left
     * @param parts lengths, none negative, as many as there are series
     * @param text at its right
     */
    record Bar(String label, List<Double> parts, String text) {
        Bar {
            parts = List.copyOf(parts);
        }

        double length() {
            return parts.stream().mapToDouble(Double::doubleValue).sum();
        }
    }

    BarChart {
        series = List.copyOf(series);
        bars = List.copyOf(bars);
    }

    String svg() {
        double most =
                Math.max(reference, bars.stream().mapToDouble(Bar::length).max().orElse(0));
        double scale = most > 0 ? (WIDTH - LABEL - VALUE) / most : 0;
        int height = TOP + bars.size() * ROW + 6;
        var svg = new StringBuilder("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n"
                .formatted(WIDTH, height, Html.escape(title)));
        legend(svg);
        for (int i = 0; i < bars.size(); i++) {
            bar(svg, bars.get(i), TOP + i * ROW, scale);
        }
        if (reference > 0) {
            double x = LABEL + reference * scale;
            svg.append(String.format(
                    Locale.ROOT,
                    "<line class=\"limit\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>\n",
                    x,
                    TOP - 4,
                    x,
                    height));
        }
        return svg.append("</svg>\n").toString();
    }

    private void legend(StringBuilder svg) {
        int x = LABEL;
        for (int i = 0; i < series.size(); i++) {
            svg.append(String.format(
                    Locale.ROOT, "<rect class=\"s%d\" x=\"%d\" y=\"6\" width=\"12\" height=\"12\"/>", i, x));
            svg.append(String.format(
                    Locale.ROOT, "<text x=\"%d\" y=\"16\">%s</text>\n", x + 17, Html.escape(series.get(i))));
            x += 40 + 8 * series.get(i).length();
        }
    }

    private static void bar(StringBuilder svg, Bar bar, int y, double scale) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>",
                LABEL - 8,
                y + 14,
                Html.escape(bar.label)));
        double x = LABEL;
        for (int i = 0; i < bar.parts.size(); i++) {
            double width = bar.parts.get(i) * scale;
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect class=\"s%d\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>",
                    i,
                    x,
                    y + 3,
                    width,
                    ROW - 6));
            x += width;
        }
        svg.append(String.format(
                Locale.ROOT, "<text x=\"%.1f\" y=\"%d\">%s</text>\n", x + 6, y + 14, Html.escape(bar.text)));
    }
}
