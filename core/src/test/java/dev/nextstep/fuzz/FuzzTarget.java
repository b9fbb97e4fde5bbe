package dev.nextstep.fuzz;

import java.io.IOException;
import java.util.List;

/** A reader of outside bytes, as the fuzzer sees it. */
interface FuzzTarget {
    /** Small inputs to start from, good and bad ones. */
    List<byte[]> seeds() throws IOException;

    /**
     * Reads an input and checks what a user relies on.
     *
     * @throws RuntimeException of {@link #refusal} if the input is refused; everything else is a finding
     */
    void read(byte[] input) throws IOException;

    /** The only exception that may come out. */
    Class<? extends RuntimeException> refusal();

    /** Most bytes that one reading may allocate on the heap, garbage included. */
    default long allocationLimit(int inputBytes) {
        return (64L << 20) + 256L * inputBytes;
    }
}
