package dev.nextstep.lab;

import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Sizes of memory such as {@code 80GB} or {@code 24GiB}; a plain number is bytes. */
final class ByteSize implements ITypeConverter<Double> {
    private static final Pattern SIZE = Pattern.compile("([0-9.]+) ?([KMGT]?)(I?)B?");
    private static final String UNITS = "KMGT";

    @Override
    public Double convert(String value) {
        var matcher = SIZE.matcher(value.strip().toUpperCase(Locale.ROOT));
        try {
            if (matcher.matches()) {
                double unit = matcher.group(3).isEmpty() ? 1000 : 1024;
                int power = matcher.group(2).isEmpty() ? 0 : UNITS.indexOf(matcher.group(2)) + 1;
                return Double.parseDouble(matcher.group(1)) * Math.pow(unit, power);
            }
        } catch (NumberFormatException e) {
            // refused below, as everything else that is no size
        }
        throw new TypeConversionException("'%s' is not a size; give it as 80GB or 24GiB".formatted(value));
    }

    /** For people: three figures and a unit. */
    static String text(double bytes) {
        double value = bytes;
        int power = 0;
        while (value >= 999.5 && power < UNITS.length()) {
            value /= 1000;
            power++;
        }
        String unit = power == 0 ? "B" : UNITS.charAt(power - 1) + "B";
        return String.format(Locale.ROOT, value < 99.95 && power > 0 ? "%.1f %s" : "%.0f %s", value, unit);
    }
}
