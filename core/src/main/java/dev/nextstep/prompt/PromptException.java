package dev.nextstep.prompt;

/**
 * A tokenizer file or a prompt request cannot be used. The message says what is wrong, where (the file), what would be
 * allowed and what to do.
 */
public class PromptException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PromptException(String message) {
        super(message);
    }

    public PromptException(String message, Throwable cause) {
        super(message, cause);
    }
}
