package dev.nextstep.train.run;

/** A run cannot start, go on or be saved; the message says what is wrong, where, and what to do. */
public class RunException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a message of one line. */
    public RunException(String message) {
        super(message);
    }

    /** With what the system said. */
    public RunException(String message, Throwable cause) {
        super(message, cause);
    }
}
