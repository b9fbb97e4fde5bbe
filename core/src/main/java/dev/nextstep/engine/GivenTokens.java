package dev.nextstep.engine;

import java.util.BitSet;

/**
 * Image tokens that are given and not sampled: what was drawn before, or what is kept of another picture. The model reads
 * them as if it had drawn them.
 *
 * <p>A token is sampled from what stands before it, in raster order: above it, and to its left in its row. Given tokens that
 * come later have no influence on it (spec §7.4); a picture grows towards them blindly.
 */
public final class GivenTokens {
    /** Nothing is given. */
    public static final GivenTokens NONE = new GivenTokens(new BitSet(), new float[0], 1);

    private final BitSet which;
    private final float[] tokens;
    private final int tokenDim;

    private GivenTokens(BitSet which, float[] tokens, int tokenDim) {
        this.which = which;
        this.tokens = tokens;
        this.tokenDim = tokenDim;
    }

    /**
     * Some tokens of a picture.
     *
     * @param which indices of the given tokens, raster order
     * @param tokens [≥ the last of them + 1, tokenDim]; values of others do not matter
     */
    public static GivenTokens of(BitSet which, float[] tokens, int tokenDim) {
        if ((long) which.length() * tokenDim > tokens.length) {
            throw new IllegalArgumentException("token %d is given, but there are values of %d tokens only"
                    .formatted(which.length() - 1, tokens.length / tokenDim));
        }
        return new GivenTokens((BitSet) which.clone(), tokens.clone(), tokenDim);
    }

    /** The first tokens [count, tokenDim] of a picture. */
    public static GivenTokens first(int count, float[] tokens, int tokenDim) {
        var which = new BitSet();
        which.set(0, count);
        return of(which, tokens, tokenDim);
    }

    /** These, and where both are given those of another. */
    public GivenTokens with(GivenTokens other) {
        if (other.which.isEmpty()) {
            return this;
        }
        if (which.isEmpty()) {
            return other;
        }
        var all = (BitSet) which.clone();
        all.or(other.which);
        var values = new float[all.length() * tokenDim];
        for (int token = all.nextSetBit(0); token >= 0; token = all.nextSetBit(token + 1)) {
            (other.has(token) ? other : this).copy(token, values, token * tokenDim);
        }
        return new GivenTokens(all, values, tokenDim);
    }

    /** Whether a token is given. */
    public boolean has(int token) {
        return which.get(token);
    }

    /** How many tokens are given from the first one on without a gap. */
    public int prefix() {
        return which.nextClearBit(0);
    }

    /** Writes a given token [tokenDim]. */
    void copy(int token, float[] target, int at) {
        System.arraycopy(tokens, token * tokenDim, target, at, tokenDim);
    }
}
