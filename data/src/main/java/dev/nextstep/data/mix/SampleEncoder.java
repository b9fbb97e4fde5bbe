package dev.nextstep.data.mix;

import dev.nextstep.data.Sample;
import dev.nextstep.data.sequence.TokenSequence;
import java.util.Optional;

/**
 * Makes a sequence of a sample: chooses its caption, sizes its pictures, and keeps what the training needs beside the
 * tokens. The same reference and sample must give the same sequence each time, for a loader resumes by doing it again.
 *
 * @param <P> what belongs to the sequence: pictures, latents, or where to find them
 */
@FunctionalInterface
public interface SampleEncoder<P> {
    /**
     * A sequence and what belongs to it.
     *
     * @param sequence the tokens
     * @param payload what belongs to them
     * @param <P> its type
     */
    record Encoded<P>(TokenSequence sequence, P payload) {}

    /** The sequence; empty if the sample cannot be used, which the loader counts. */
    Optional<Encoded<P>> encode(SampleReference reference, Sample sample);
}
