package dev.nextstep.cli;

import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Numbers as people read and write them. Units are decimal unless they say otherwise (MiB). */
public final class Amounts {
    private static final String[] BYTES = {"B", "kB", "MB", "GB", "TB"};

    private Amounts() {}

    /** Such as 12.9 MB. */
    public static String bytes(long bytes) {
        int unit = 0;
        double scaled = bytes;
        while (scaled >= 999.95 && unit < BYTES.length - 1) {
            scaled /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", scaled, BYTES[unit]);
    }

    /** Such as 0.52 s or 3 min 20 s. */
    public static String seconds(double seconds) {
        if (seconds < 100) {
            return String.format(Locale.ROOT, seconds < 0.1 ? "%.4f s" : "%.2f s", seconds);
        }
        long whole = Math.round(seconds);
        return whole >= 3600
                ? "%d h %d min".formatted(whole / 3600, whole % 3600 / 60)
                : "%d min %d s".formatted(whole / 60, whole % 60);
    }

    /** Reads a number of bytes such as 5GB, 500MB or 2GiB. */
    static final class BytesConverter implements ITypeConverter<Long> {
        private static final Pattern FORM =
                Pattern.compile("(\\d{1,6}(?:\\.\\d{1,3})?)\\s*([kKMGT]?)(i?)[bB]?", Pattern.UNICODE_CASE);

        @Override
        public Long convert(String value) {
            var match = FORM.matcher(value.strip());
            if (!match.matches()) {
                throw new TypeConversionException(
                        "'%s' is not a number of bytes; write for example 5GB, 500MB or 2GiB".formatted(value));
            }
            int base = match.group(3).isEmpty() ? 1000 : 1024;
            int power = "kmgt".indexOf(match.group(2).toLowerCase(Locale.ROOT));
            double factor = match.group(2).isEmpty() ? 1 : Math.pow(base, power + 1.0);
            return Math.round(Double.parseDouble(match.group(1)) * factor);
        }
    }
}
