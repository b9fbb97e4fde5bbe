package dev.nextstep.cli.terminal;

import java.util.Locale;

/** What is counted. */
public enum ProgressUnit {
    /** Image tokens. */
    TOKENS("token", "tokens"),
    /** Bytes; shown as KiB, MiB, GiB. */
    BYTES("byte", "bytes"),
    /** Files. */
    FILES("file", "files"),
    /** Pictures. */
    PICTURES("picture", "pictures"),
    /** Samples of a data set. */
    SAMPLES("sample", "samples"),
    /** Steps of training. */
    STEPS("step", "steps");

    private static final String[] BINARY = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private final String one;
    private final String many;

    ProgressUnit(String one, String many) {
        this.one = one;
        this.many = many;
    }

    /** A number with its unit: {@code 1 token}, {@code 256 tokens}, {@code 1.5 GiB}. */
    public String amount(long count) {
        return this == BYTES && count >= 1024 ? binary((double) count) : count + " " + (count == 1 ? one : many);
    }

    /** Some of a total: {@code 256 of 1024 tokens}, {@code 1.0 MiB of 1.5 GiB}. */
    String part(long done, long total) {
        return this == BYTES
                ? amount(done) + " of " + amount(total)
                : done + " of " + total + " " + (total == 1 ? one : many);
    }

    /** Some of a total, shorter: {@code 256/1024 tokens}, {@code 1.0 MiB/1.5 GiB}. */
    String shortPart(long done, long total) {
        return this == BYTES
                ? amount(done) + "/" + amount(total)
                : done + "/" + total + " " + (total == 1 ? one : many);
    }

    /** Per second, or per minute where that is easier to read: {@code 12.3 tokens/s}, {@code 4.5 pictures/min}. */
    String rate(double perSecond) {
        if (this == BYTES) {
            return (perSecond >= 1024 ? binary(perSecond) : Math.round(perSecond) + " bytes") + "/s";
        }
        if (perSecond < 1) {
            return number(60 * perSecond) + " " + many + "/min";
        }
        return number(perSecond) + " " + many + "/s";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%.0f" : "%.1f", value);
    }

    private static String binary(double bytes) {
        double value = bytes / 1024;
        int unit = 0;
        while (value >= 1023.95 && unit < BINARY.length - 1) { // what would be shown as 1024.0
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, BINARY[unit]);
    }
}
