package dev.nextstep.server.drawing;

import dev.nextstep.ImageTokens;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the values of one row of image tokens are spread. Tokens of a healthy picture stay near mean 0 and variance 1, for which
 * the image tokenizer was trained; a variance that runs away shows guidance that is too strong (paper §4.2).
 *
 * @param mean of all values of the row's tokens
 * @param variance of them around it
 */
public record RowStatistics(double mean, double variance) {
    private static final double PRECISION = 1e5;

    /** Those of each row, from the top, rounded to five decimals. */
    public static List<RowStatistics> of(ImageTokens tokens) {
        int length = tokens.values().length / tokens.rows();
        return IntStream.range(0, tokens.rows())
                .mapToObj(row -> of(tokens.values(), row * length, length))
                .toList();
    }

    private static RowStatistics of(float[] values, int from, int length) {
        double sum = 0;
        for (int i = from; i < from + length; i++) {
            sum += values[i];
        }
        double mean = sum / length;
        double squares = 0;
        for (int i = from; i < from + length; i++) {
            squares += (values[i] - mean) * (values[i] - mean);
        }
        return new RowStatistics(rounded(mean), rounded(squares / length));
    }

    private static double rounded(double value) {
        return Math.round(value * PRECISION) / PRECISION;
    }
}
