package dev.nextstep.cli.bench;

/** A history that cannot be read; the message says where and what to do. */
public final class HistoryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    HistoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
