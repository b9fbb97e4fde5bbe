package dev.nextstep;

/** A snapshot is damaged, comes from a newer program, or does not belong to this model. The message says which. */
public class SnapshotException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public SnapshotException(String message) {
        super(message);
    }

    /** Creates the exception with its cause. */
    public SnapshotException(String message, Throwable cause) {
        super(message, cause);
    }
}
