package dev.nextstep.checkpoint;

/** Follows the writing of weights. Called on the writing thread about once per megabyte; what it throws ends the writing. */
@FunctionalInterface
public interface WriteProgress {
    /** Follows nothing. */
    WriteProgress NONE = (written, total) -> {};

    /**
     * Called after each piece.
     *
     * @param written bytes of tensor data written so far
     * @param total bytes of all tensors
     */
    void written(long written, long total);
}
