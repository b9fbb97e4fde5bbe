package dev.nextstep.cli.terminal;

import java.time.Duration;
import java.util.Locale;

/** Durations in words, in English whatever the locale. */
public final class Durations {
    private Durations() {}

    /** Two units at most: {@code 0.4 s}, {@code 12 s}, {@code 1 min 3 s}, {@code 2 h 5 min}, {@code 3 d 4 h}. */
    public static String words(Duration duration) {
        long millis = Math.max(0, duration.toMillis());
        if (millis < 9_950) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1e3);
        }
        long seconds = (millis + 500) / 1000;
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return two(seconds / 60, "min", seconds % 60, "s");
        }
        long minutes = (seconds + 30) / 60;
        if (minutes < 24 * 60) {
            return two(minutes / 60, "h", minutes % 60, "min");
        }
        long hours = (minutes + 30) / 60;
        return two(hours / 24, "d", hours % 24, "h");
    }

    /** What is left, without tenths, which would only flicker. */
    static String left(double seconds) {
        long whole = (long) Math.ceil(Math.clamp(seconds, 0, 1e9));
        return whole < 10 ? whole + " s" : words(Duration.ofSeconds(whole));
    }

    private static String two(long large, String largeUnit, long small, String smallUnit) {
        return large + " " + largeUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }
}
