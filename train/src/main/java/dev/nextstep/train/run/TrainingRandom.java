package dev.nextstep.train.run;

/**
 * The random numbers of a training: each is a function of (seed, step, purpose, index) and of nothing else, so that no
 * state of a generator needs saving, a resumed run draws what the uninterrupted one would have drawn, and neither
 * threads nor the order of work matter.
 *
 * @param seed any number
 */
public record TrainingRandom(long seed) {

    /**
     * The stream of one purpose in one step.
     *
     * @param step 0 to 2³² − 1
     * @param purpose a word, such as {@code noise} or {@code times}; two purposes have independent streams
     */
    public RandomStream stream(long step, String purpose) {
        return stream(step, purpose, 0);
    }

    /**
     * One of several streams of a purpose.
     *
     * @param index such as the place of a sample in the batch
     */
    public RandomStream stream(long step, String purpose, int index) {
        if (step < 0 || step >= 1L << 32) {
            throw new IllegalArgumentException("step is " + step + ", allowed is 0 to 2^32 - 1");
        }
        // The value of String.hashCode is part of its specification.
        return new RandomStream(seed, purpose.hashCode(), (int) step, index);
    }
}
