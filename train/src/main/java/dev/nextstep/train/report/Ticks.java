package dev.nextstep.train.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Round numbers along an axis. */
final class Ticks {
    private Ticks() {}

    /** Multiples of 1, 2 or 5 times a power of ten within a range, about {@code count} of them. */
    static List<Double> linear(double low, double high, int count) {
        double rough = (high - low) / Math.max(1, count);
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = power * (rough / power < 1.5 ? 1 : rough / power < 3.5 ? 2 : rough / power < 7.5 ? 5 : 10);
        var ticks = new ArrayList<Double>();
        for (double i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
            ticks.add(i * step + 0.0); // Not −0.
        }
        return ticks;
    }

    /** Powers of ten within a range, with their double and fivefold where there are few. */
    static List<Double> logarithmic(double low, double high) {
        double decades = Math.log10(high / low);
        var ticks = new ArrayList<Double>();
        for (int power = (int) Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
            for (double factor : decades < 0.7
                    ? new double[] {1, 1.5, 2, 3, 4, 5, 6, 8}
                    : decades < 3 ? new double[] {1, 2, 5} : new double[] {1}) {
                double tick = factor * Math.pow(10, power);
                if (tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9)) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }

    /** A number with few digits: 0.25, 1.5k, 3M, 2e-05. */
    static String text(double value) {
        double size = Math.abs(value);
        if (value == 0) {
            return "0";
        }
        if (size >= 999_500) {
            return digits(value / 1e6) + "M";
        }
        if (size >= 999.5) {
            return digits(value / 1e3) + "k";
        }
        return size < 0.001 ? String.format(Locale.ROOT, "%.2g", value) : digits(value);
    }

    private static String digits(double value) {
        double size = Math.abs(value);
        var text = String.format(
                Locale.ROOT, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.4f", value);
        return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
    }
}
