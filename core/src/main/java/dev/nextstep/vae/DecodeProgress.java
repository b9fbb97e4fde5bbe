package dev.nextstep.vae;

/**
 * Hears how far an encoding or decoding is. To cancel it, throw: the exception comes out of the call as it is, and the
 * tokenizer stays usable.
 */
@FunctionalInterface
public interface DecodeProgress {
    /** Listens to nothing. */
    DecodeProgress NONE = fraction -> {};

    /**
     * Called on the calling thread, several times per picture.
     *
     * @param fraction part of the arithmetic that is done, ascending, 0 … 1
     */
    void at(double fraction);
}
