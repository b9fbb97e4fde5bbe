package dev.nextstep.engine;

/** Follows a drawing token by token. Called on the drawing thread; what it throws ends the drawing. */
public interface DrawingObserver {
    /** Watches nothing. */
    DrawingObserver NONE = new DrawingObserver() {};

    /**
     * The prompt is read.
     *
     * @param rows prompt rows really computed (equal rows are computed once)
     * @param positions positions of all of them
     */
    default void prefilled(int rows, int positions) {}

    /**
     * A token of every picture is about to be sampled.
     *
     * @param token index of the token
     * @param hidden last hidden states [m·n, hidden], before the out-projector
     * @param condition the same after it
     */
    default void sampling(int token, float[] hidden, float[] condition) {}

    /**
     * A token of every picture is made.
     *
     * @param made tokens made of each picture, from 1 on
     * @param total tokens of a picture
     * @param tokens [n, total, tokenDim]; the first {@code made} of each picture are final. Valid during the call only
     */
    default void sampled(int made, int total, float[] tokens) {}
}
