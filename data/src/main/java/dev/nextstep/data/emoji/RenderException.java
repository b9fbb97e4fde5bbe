package dev.nextstep.data.emoji;

/** A drawing cannot be rendered. */
final class RenderException extends Exception {
    private static final long serialVersionUID = 1L;

    RenderException(String message) {
        super(message);
    }

    RenderException(String message, Throwable cause) {
        super(message, cause);
    }
}
