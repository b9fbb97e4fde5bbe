package dev.nextstep.workflow.quality;

import java.util.ArrayList;
import java.util.List;

/**
 * How far drawn image tokens have left the band in which the model knows them: an image tokenizer with normalised latents gives
 * every token a mean of 0 and a variance of 1 (spec §4.2), and guidance that is too high or numbers that go astray drive drawn
 * ones away from it, into grey patches and noise (paper §5, Fig. 5). Says nothing of models whose tokens are not normalised.
 *
 * @param rows the farthest token of each row of tokens, from the top: the larger of |mean| / 0.1 and |ln deviation| / 0.25;
 *     1 is plainly visible
 */
public record TokenDrift(List<Double> rows) {
    private static final double MEAN = 0.1;
    private static final double LOG_DEVIATION = 0.25;

    /** Copies the list. */
    public TokenDrift {
        rows = List.copyOf(rows);
    }

    /**
     * Looks at tokens.
     *
     * @param tokens [rows · columns, dimension], raster order
     * @param columns tokens of a row
     * @param dimension numbers of a token
     * @throws IllegalArgumentException if they do not fill rows
     */
    public static TokenDrift of(float[] tokens, int columns, int dimension) {
        int row = columns * dimension;
        if (row < 1 || tokens.length == 0 || tokens.length % row != 0) {
            throw new IllegalArgumentException(
                    "%d numbers are no rows of %d tokens of %d numbers".formatted(tokens.length, columns, dimension));
        }
        var rows = new ArrayList<Double>();
        for (int from = 0; from < tokens.length; from += row) {
            double worst = 0;
            for (int token = from; token < from + row; token += dimension) {
                worst = Math.max(worst, ofToken(tokens, token, dimension));
            }
            rows.add(worst);
        }
        return new TokenDrift(rows);
    }

    private static double ofToken(float[] tokens, int from, int dimension) {
        double sum = 0;
        for (int i = from; i < from + dimension; i++) {
            sum += tokens[i];
        }
        double mean = sum / dimension;
        double squares = 0;
        for (int i = from; i < from + dimension; i++) {
            squares += (tokens[i] - mean) * (tokens[i] - mean);
        }
        double logDeviation = Math.log(Math.max(squares / dimension, Double.MIN_NORMAL)) / 2;
        double drift = Math.max(Math.abs(mean) / MEAN, Math.abs(logDeviation) / LOG_DEVIATION);
        return Double.isNaN(drift) ? Double.POSITIVE_INFINITY : drift;
    }

    /** The farthest of all. */
    public double worst() {
        return rows.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }
}
