package dev.nextstep.engine;

/**
 * Follows a drawing token by token. Called on the engine's thread, which draws for everybody: implementations must be short
 * and never wait. What they throw ends the drawing, and only that.
 */
public interface DrawingObserver {
    /** Watches nothing. */
    DrawingObserver NONE = new DrawingObserver() {};

    /**
     * The prompts of all pictures that were begun are read. Called again when more pictures are begun later.
     *
     * @param rows prompt rows really computed for them (equal rows are computed once)
     * @param positions positions of all of them
     */
    default void prefilled(int rows, int positions) {}

    /**
     * A token of a picture is about to be sampled.
     *
     * @param picture index of the picture in its job
     * @param token index of the token
     * @param hidden last hidden states of its guidance rows [m, hidden], before the out-projector
     * @param condition the same after it
     */
    default void sampling(int picture, int token, float[] hidden, float[] condition) {}

    /**
     * A token of a picture is made, and with it those that follow and are given.
     *
     * @param picture index of the picture in its job
     * @param made tokens that are there of it, from 1 on
     * @param tokens [total, tokenDim]; the first {@code made} are final and never change, also after the call
     */
    default void sampled(int picture, int made, float[] tokens) {}

    /**
     * A pass is over in which pictures of this drawing got on.
     *
     * @param made tokens made of all its pictures
     */
    default void passed(long made) {}
}
