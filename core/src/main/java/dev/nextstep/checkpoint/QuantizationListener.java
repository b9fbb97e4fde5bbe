package dev.nextstep.checkpoint;

/**
 * Follows the quantising of a model, on the thread that asked for it. What a method throws ends the work; what is done by
 * then is kept for the next time.
 */
public interface QuantizationListener {
    /** Follows nothing. */
    QuantizationListener NONE = new QuantizationListener() {};

    /** Called once, before the rest, if an earlier run was stopped and is continued. */
    default void resumed(int finishedTensors, int tensors) {}

    /** Called once, before the rest, if what an earlier run left cannot be used and is thrown away. */
    default void startedAnew(String reason) {}

    /** Called about once per two million weights, with the bytes of the file that are written. */
    default void written(long bytes, long total) {}

    /** Called after each tensor that was read back from disk and compared. */
    default void checked(long bytes, long total) {}
}
