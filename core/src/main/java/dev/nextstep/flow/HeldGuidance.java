package dev.nextstep.flow;

/**
 * Guidance that asks the network for the unconditional velocity at every k-th evaluation only. Between them the difference
 * between the conditional velocity and that of each other guidance row is taken to be what it was: it changes less along the
 * way from noise to a token than the velocities themselves, which turn with the state.
 *
 * <p>Only the flow head is asked less often. The transformer reads every token in every row, so its keys and values are
 * right whatever k is. To leave the unconditional row out of its passes would gain less and cost more: the pass reads each
 * weight once for all rows, so that one row takes nearly as long as two, and the row's hidden state would be that of an
 * earlier position.
 *
 * <p>Belongs to one run of one token, or of tokens that are sampled in step. Not thread-safe.
 */
public final class HeldGuidance {
    private final int every;
    private float[] differences = {};

    /**
     * Nothing is known yet.
     *
     * @param every k, at least 1
     */
    public HeldGuidance(int every) {
        this.every = every;
    }

    /**
     * Rows that an evaluation needs: all guidance rows, or only the conditional one.
     *
     * @param evaluation its index in the time grid; the first of a run is 0
     * @param guidanceRows rows that there are
     */
    public int rows(int evaluation, int guidanceRows) {
        return evaluation % every == 0 ? guidanceRows : 1;
    }

    /**
     * Velocities of all guidance rows, of which some may be held.
     *
     * @param asked velocities [rows · n, dim] of {@link #rows} guidance rows, block by block
     * @param guidanceRows rows that there are
     * @param block n · dim, values of one guidance row
     * @return velocities [guidanceRows · n, dim]
     */
    public float[] complete(float[] asked, int guidanceRows, int block) {
        if (every == 1) {
            return asked;
        }
        if (asked.length == guidanceRows * block) {
            differences = new float[asked.length - block];
            for (int i = block; i < asked.length; i++) {
                differences[i - block] = asked[i % block] - asked[i];
            }
            return asked;
        }
        var all = new float[guidanceRows * block];
        System.arraycopy(asked, 0, all, 0, block);
        for (int i = block; i < all.length; i++) {
            all[i] = asked[i % block] - differences[i - block];
        }
        return all;
    }
}
