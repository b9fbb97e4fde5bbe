package dev.nextstep.train.run;

/** What the guard says of a step before it changes the weights. */
public sealed interface Verdict {
    /** Change the weights. */
    record Proceed() implements Verdict {}

    /**
     * Drop the gradients, go back to the last checkpoint, pass over the data since, go on with a lower rate.
     *
     * @param reason in words
     */
    record RollBack(String reason) implements Verdict {}

    /**
     * It went back too often.
     *
     * @param reason in words
     */
    record GiveUp(String reason) implements Verdict {}
}
