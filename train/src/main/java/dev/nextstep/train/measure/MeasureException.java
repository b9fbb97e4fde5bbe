package dev.nextstep.train.measure;

/** Pictures or cases that a measure cannot be made with: missing, damaged, contradictory. The message names which and why. */
public final class MeasureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Makes one with a message. */
    public MeasureException(String message) {
        super(message);
    }

    /** Makes one with a message and the reason behind it. */
    public MeasureException(String message, Throwable cause) {
        super(message, cause);
    }
}
