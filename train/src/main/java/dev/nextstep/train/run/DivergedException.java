package dev.nextstep.train.run;

/** The loss is not finite or far too high, and going back did not help. */
public final class DivergedException extends RunException {
    private static final long serialVersionUID = 1L;

    /** With a message of one line. */
    public DivergedException(String message) {
        super(message);
    }
}
