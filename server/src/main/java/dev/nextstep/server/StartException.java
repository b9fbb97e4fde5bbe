package dev.nextstep.server;

/** The server cannot be started; the message says why. */
public final class StartException extends RuntimeException {
    StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
