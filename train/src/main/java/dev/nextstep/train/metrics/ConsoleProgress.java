package dev.nextstep.train.metrics;

import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

/** A run for somebody who watches: how far, how good, how fast, how long still; validations stay on the screen. */
public final class ConsoleProgress implements MetricSink {

    /** Where it is shown. */
    public interface Display {
        /**
         * Shows how things stand, in place of what was shown before if the display can do that.
         *
         * @param progress 0 to 1
         * @param text one line
         */
        void status(double progress, String text);

        /** Shows a line that stays. */
        void message(String text);

        /** Ends: what does not stay goes away. */
        void close();
    }

    private final Display display;

    /** Shows a run there. */
    public ConsoleProgress(Display display) {
        this.display = display;
    }

    @Override
    public void record(Measurement measurement) {
        if (measurement.phase() == Measurement.Phase.VALIDATION) {
            var values = measurement.values().entrySet().stream()
                    .filter(e -> !e.getKey().contains("/"))
                    .map(e -> e.getKey() + " " + number(e.getValue()))
                    .collect(Collectors.joining(", "));
            display.message("step %d: validation %s".formatted(measurement.step(), values));
        }
    }

    @Override
    public void picture(long step, String tag, SamplePicture picture) {}

    @Override
    public void progress(RunStatus status) {
        display.status(status.progress(), text(status));
    }

    /** How things stand, in one line. */
    static String text(RunStatus status) {
        var left = left(status);
        return String.format(
                Locale.ROOT,
                "step %d, %.1f %%, loss %s, %s samples/s, %s tokens/s%s",
                status.step(),
                100 * status.progress(),
                number(status.loss()),
                rate(status.samplesPerSecond()),
                rate(status.tokensPerSecond()),
                left.isZero() ? "" : ", " + words(left) + " left");
    }

    private static Duration left(RunStatus status) {
        double done = status.progress();
        return done <= 0 || done >= 1
                ? Duration.ZERO
                : Duration.ofMillis((long) (status.trained().toMillis() * (1 - done) / done));
    }

    private static String words(Duration left) {
        long minutes = left.toMinutes();
        if (minutes < 1) {
            return left.toSeconds() + " s";
        }
        if (minutes < 60) {
            return minutes + " min";
        }
        return left.toDays() > 0
                ? "%d d %d h".formatted(left.toDays(), left.toHoursPart())
                : "%d h %d min".formatted(left.toHours(), left.toMinutesPart());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 0.001 && value != 0 ? "%.2e" : "%.4f", value);
    }

    private static String rate(double perSecond) {
        if (perSecond >= 9_950) {
            return String.format(Locale.ROOT, "%.0fk", perSecond / 1000);
        }
        return String.format(Locale.ROOT, perSecond >= 99.5 ? "%.0f" : "%.1f", perSecond);
    }

    @Override
    public void close() {
        display.close();
    }
}
