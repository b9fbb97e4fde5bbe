package dev.nextstep.train.run;

/**
 * Two standard normal numbers from 64 random bits (Box and Muller 1958), with a logarithm, sine and cosine of its own:
 * those of the Java library are slower where they promise the same bits everywhere. Relative error below 1e-11, the
 * rounding to float is coarser by far.
 */
final class NormalPair {
    private static final double LN2 = 0.6931471805599453;
    private static final double QUARTER_TURN = Math.PI / 2;
    private static final double SQRT2 = 1.4142135623730951;

    private NormalPair() {}

    /** Writes the pair: radius from {@code a}, angle from {@code b}. */
    static void of(int a, int b, double[] pair) {
        double radius = Math.sqrt(-2 * log(((a & 0xffffffffL) + 1) * 0x1p-32));
        // The nearest quarter turn, and what is left of it: −1/2 to 1/2.
        int quarter = (b + 0x20000000) >>> 30;
        double rest = (b << 2) * (0x1p-32 * QUARTER_TURN);
        double square = rest * rest;
        double sine = rest * sineSeries(square);
        double cosine = cosineSeries(square);
        boolean odd = (quarter & 1) != 0;
        double s = odd ? cosine : sine;
        double c = odd ? sine : cosine;
        pair[0] = radius * (((quarter + 1) & 2) == 0 ? c : -c);
        pair[1] = radius * ((quarter & 2) == 0 ? s : -s);
    }

    /** Natural logarithm of a normal number: exponent · ln 2 + 2 artanh((m − 1) / (m + 1)). */
    static double log(double x) {
        long bits = Double.doubleToRawLongBits(x);
        int exponent = (int) (bits >>> 52) - 1023;
        double mantissa = Double.longBitsToDouble((bits & 0x000fffffffffffffL) | 0x3ff0000000000000L);
        if (mantissa > SQRT2) {
            mantissa *= 0.5;
            exponent++;
        }
        double s = (mantissa - 1) / (mantissa + 1);
        double q = s * s;
        double series =
                1 + q * (1.0 / 3 + q * (1.0 / 5 + q * (1.0 / 7 + q * (1.0 / 9 + q * (1.0 / 11 + q * (1.0 / 13))))));
        return exponent * LN2 + 2 * s * series;
    }

    // Taylor series up to x^13 and x^14, for |x| ≤ π/4.
    private static double sineSeries(double q) {
        return 1
                - q
                        * (1.0 / 6
                                - q
                                        * (1.0 / 120
                                                - q
                                                        * (1.0 / 5040
                                                                - q
                                                                        * (1.0 / 362880
                                                                                - q
                                                                                        * (1.0 / 39916800
                                                                                                - q / 6227020800.0)))));
    }

    private static double cosineSeries(double q) {
        return 1
                - q
                        * (0.5
                                - q
                                        * (1.0 / 24
                                                - q
                                                        * (1.0 / 720
                                                                - q
                                                                        * (1.0 / 40320
                                                                                - q
                                                                                        * (1.0 / 3628800
                                                                                                - q
                                                                                                        * (1.0
                                                                                                                / 479001600))))));
    }
}
