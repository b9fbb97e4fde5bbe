package dev.nextstep.data;

import java.nio.file.Path;

/** Data that cannot be used: missing, damaged, contradictory, or against the rules. The message names where and why. */
public final class DataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Makes one with a message. */
    public DataException(String message) {
        super(message);
    }

    /** Makes one with a message and the reason behind it. */
    public DataException(String message, Throwable cause) {
        super(message, cause);
    }

    /** A complaint about a file. */
    public static DataException of(Path file, String reason) {
        return new DataException(file + ": " + reason);
    }
}
