package dev.nextstep.data.emoji;

/** The emoji set cannot be made or read. The message says what failed, where, and what to do. */
public class EmojiSetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public EmojiSetException(String message) {
        super(message);
    }

    /** Creates the exception with its cause. */
    public EmojiSetException(String message, Throwable cause) {
        super(message, cause);
    }
}
