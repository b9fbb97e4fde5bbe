package dev.nextstep;

/**
 * Another seed from some token of a picture on. Everything before it stays as it is, byte for byte; what comes behind is
 * drawn anew.
 *
 * @param token index of the first token that is drawn with the seed, raster order, at least 0
 * @param seed any 64-bit number
 */
public record Reroll(int token, long seed) {
    public Reroll {
        if (token < 0) {
            throw new IllegalArgumentException("the first token of a reroll must be 0 or more, not " + token);
        }
    }
}
