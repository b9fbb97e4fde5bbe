package dev.nextstep.data.npm;

/** A package cannot be fetched or read. The message says what failed, where, and what to do. */
public class NpmException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What kind of trouble it is. */
    public enum Reason {
        /** The registry may not be asked, and the cache does not hold the package. */
        OFFLINE,
        /** The registry cannot be reached, or the connection broke. */
        NETWORK,
        /** The registry answers with an error or with too much. */
        SERVER,
        /** The bytes are not those that were pinned. */
        INTEGRITY,
        /** The package lacks a file, or it is damaged or larger than allowed. */
        CONTENT,
        /** The cache cannot be read or written. */
        STORAGE
    }

    private final Reason reason;

    /** Creates the exception. */
    public NpmException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Creates the exception with its cause. */
    public NpmException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** The kind of trouble. */
    public Reason reason() {
        return reason;
    }
}
