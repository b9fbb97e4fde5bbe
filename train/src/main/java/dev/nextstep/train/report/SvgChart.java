package dev.nextstep.train.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws a chart as SVG. Colours are classes of the style sheet, so that it suits light and dark. */
final class SvgChart {
    private static final double WIDTH = 640;
    private static final double HEIGHT = 260;
    private static final double LEFT = 52;
    private static final double RIGHT = 12;
    private static final double TOP = 8;
    private static final double BOTTOM = 26;
    private static final int MOST_POINTS = 500;
    /** Curves of fewer points are drawn as they are. */
    private static final int SMOOTHED_FROM = 60;

    /** Reach of the means as a share of the curve. */
    private static final double SMOOTHING = 0.01;

    private final Chart chart;
    private final List<Curve> smooth = new ArrayList<>();
    private double firstStep = Double.POSITIVE_INFINITY;
    private double lastStep = Double.NEGATIVE_INFINITY;
    private double low = Double.POSITIVE_INFINITY;
    private double high = Double.NEGATIVE_INFINITY;

    private SvgChart(Chart chart) {
        this.chart = chart;
        for (var curve : chart.curves()) {
            var drawn = isSmoothed(curve) ? curve.smoothed((int) (SMOOTHING * curve.size())) : curve;
            smooth.add(drawn.thinned(MOST_POINTS));
        }
        smooth.forEach(this::takeIn);
        if (low > high) {
            low = 0;
            high = 1;
            firstStep = Math.min(firstStep, 0);
            lastStep = Math.max(lastStep, 1);
        }
        widen();
    }

    static String render(Chart chart) {
        return new SvgChart(chart).svg();
    }

    private boolean isSmoothed(Curve curve) {
        return chart.detail() == Chart.Detail.MEANS && curve.size() >= SMOOTHED_FROM;
    }

    private boolean isVisible(double value) {
        return Double.isFinite(value) && (value > 0 || chart.scale() != Chart.Scale.LOGARITHMIC);
    }

    private void takeIn(Curve curve) {
        for (int i = 0; i < curve.size(); i++) {
            double v = curve.values()[i];
            if (isVisible(v)) {
                low = Math.min(low, v);
                high = Math.max(high, v);
                firstStep = Math.min(firstStep, curve.steps()[i]);
                lastStep = Math.max(lastStep, curve.steps()[i]);
            }
        }
    }

    private void widen() {
        if (chart.scale() == Chart.Scale.LOGARITHMIC) {
            double factor = Math.max(1.02, Math.pow(high / low, 0.06));
            low /= factor;
            high *= factor;
        } else {
            boolean zero = low >= 0 && (low < 0.5 * high || chart.scale() == Chart.Scale.FROM_ZERO);
            low = zero ? 0 : low - 0.05 * Math.max(high - low, 1e-12 + Math.abs(low) * 0.01);
            high = high + 0.05 * Math.max(high - low, 1e-12);
        }
        if (lastStep <= firstStep) {
            lastStep = firstStep + 1;
        }
    }

    private double x(double step) {
        return LEFT + (step - firstStep) / (lastStep - firstStep) * (WIDTH - LEFT - RIGHT);
    }

    private double y(double value) {
        double share = chart.scale() == Chart.Scale.LOGARITHMIC
                ? Math.log(value / low) / Math.log(high / low)
                : (value - low) / (high - low);
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
    }

    private String svg() {
        var out = new StringBuilder();
        out.append(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"%s\">",
                WIDTH,
                HEIGHT,
                Html.text(chart.title())));
        axes(out);
        for (int i = 0; i < smooth.size(); i++) {
            var curve = chart.curves().get(i);
            if (isSmoothed(curve)) {
                line(out, curve.thinned(MOST_POINTS), color(i) + " raw");
            }
        }
        for (int i = 0; i < smooth.size(); i++) {
            line(out, smooth.get(i), color(i));
        }
        return out.append("</svg>").toString();
    }

    /** The class of the colour of a curve. */
    private String color(int index) {
        return color(chart, index);
    }

    static String color(Chart chart, int index) {
        int count = chart.curves().size();
        return chart.order() == Chart.Order.QUANTITY
                ? "q" + (count < 2 ? 4 : Math.round(index * 8.0 / (count - 1)))
                : "n" + index % 8;
    }

    private void axes(StringBuilder out) {
        var ticks =
                chart.scale() == Chart.Scale.LOGARITHMIC ? Ticks.logarithmic(low, high) : Ticks.linear(low, high, 5);
        for (double tick : ticks) {
            double y = y(tick);
            out.append(String.format(
                    Locale.ROOT,
                    "<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>",
                    LEFT,
                    WIDTH - RIGHT,
                    y,
                    y));
            out.append(String.format(
                    Locale.ROOT,
                    "<text class=\"tick\" text-anchor=\"end\" x=\"%.1f\" y=\"%.1f\">%s</text>",
                    LEFT - 6,
                    y + 3.5,
                    Ticks.text(tick)));
        }
        for (double tick : Ticks.linear(firstStep, lastStep, 6)) {
            out.append(String.format(
                    Locale.ROOT,
                    "<text class=\"tick\" text-anchor=\"middle\" x=\"%.1f\" y=\"%.1f\">%s</text>",
                    x(tick),
                    HEIGHT - 8,
                    Ticks.text(tick)));
        }
        out.append(String.format(
                Locale.ROOT,
                "<line class=\"axis\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>",
                LEFT,
                WIDTH - RIGHT,
                HEIGHT - BOTTOM,
                HEIGHT - BOTTOM));
    }

    private void line(StringBuilder out, Curve curve, String style) {
        var path = new StringBuilder();
        boolean pen = false;
        int points = 0;
        for (int i = 0; i < curve.size(); i++) {
            double v = curve.values()[i];
            boolean visible = isVisible(v);
            if (visible) {
                double clamped = Math.clamp(v, low, high);
                path.append(
                        String.format(Locale.ROOT, "%s%.1f %.1f", pen ? "L" : "M", x(curve.steps()[i]), y(clamped)));
                points++;
            }
            pen = visible;
        }
        if (points == 1) {
            path.append("h0.1"); // A round line end shows a single point.
        }
        if (points > 0) {
            out.append("<path class=\"curve ")
                    .append(style)
                    .append("\" d=\"")
                    .append(path)
                    .append("\"/>");
        }
    }
}
