package dev.nextstep.cli.bench;

import java.util.Locale;

/** Numbers with three significant digits or so, and decimal units. */
final class Figures {
    private Figures() {}

    /** Such as 1.23 ms. */
    static String seconds(double seconds) {
        if (seconds < 1e-3) {
            return number(seconds * 1e6) + " µs";
        }
        return seconds < 1 ? number(seconds * 1e3) + " ms" : number(seconds) + " s";
    }

    /** Such as 235 MB. */
    static String bytes(double bytes) {
        return bytes < 1e9 ? number(bytes / 1e6) + " MB" : number(bytes / 1e9) + " GB";
    }

    /** Milliseconds without their unit. */
    static String millis(double seconds) {
        return number(seconds * 1e3);
    }

    /** Three digits, and all of those before the point. */
    static String number(double value) {
        double size = Math.abs(value);
        String form = size >= 99.95 ? "%.0f" : size >= 9.995 ? "%.1f" : size >= 0.0995 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, form, value);
    }

    /** Such as 85 %. */
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }
}
