package dev.nextstep.cli;

import java.math.BigInteger;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Reads the numbers of options, and says of a wrong one what would be right. */
final class Numbers {

    private Numbers() {}

    /** Teaches a command and its subcommands. */
    static CommandLine register(CommandLine root) {
        return root.registerConverter(int.class, Numbers::integer)
                .registerConverter(Integer.class, Numbers::integer)
                .registerConverter(long.class, Numbers::longInteger)
                .registerConverter(Long.class, Numbers::longInteger)
                .registerConverter(float.class, Numbers::decimal)
                .registerConverter(Float.class, Numbers::decimal);
    }

    private static Integer integer(String text) {
        return whole(text, BigInteger.valueOf(Integer.MIN_VALUE), BigInteger.valueOf(Integer.MAX_VALUE))
                .intValueExact();
    }

    private static Long longInteger(String text) {
        return whole(text, BigInteger.valueOf(Long.MIN_VALUE), BigInteger.valueOf(Long.MAX_VALUE))
                .longValueExact();
    }

    private static BigInteger whole(String text, BigInteger from, BigInteger to) {
        try {
            var value = text.length() > 100 ? to.add(BigInteger.ONE) : new BigInteger(text.strip());
            if (value.compareTo(from) >= 0 && value.compareTo(to) <= 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below, as for a number out of range.
        }
        throw new TypeConversionException("'%s' is not a whole number from %d to %d".formatted(shown(text), from, to));
    }

    private static Float decimal(String text) {
        try {
            return Float.valueOf(text.strip());
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'%s' is not a number such as 7.5".formatted(shown(text)));
        }
    }

    private static String shown(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
