package dev.nextstep.data.sequence;

import dev.nextstep.prompt.Grid;

/**
 * The place of a picture in a sequence.
 *
 * @param tag which of the sample's marks it stands for, counted from 0 in the order of the whole caption
 * @param grid its size in tokens
 * @param boi index of the token that begins it; the placeholders follow
 * @param trained whether the image loss counts it; in an edit only the last is
 */
public record PictureBlock(int tag, Grid grid, int boi, boolean trained) {
    /** Index of the first placeholder. */
    public int from() {
        return boi + 1;
    }

    /** Index after the last placeholder. */
    public int to() {
        return boi + 1 + grid.tokens();
    }

    /** The same in a row in which the sequence begins at this index. */
    public PictureBlock shifted(int by) {
        return new PictureBlock(tag, grid, boi + by, trained);
    }
}
