package dev.nextstep;

/** A recipe is damaged or comes from a newer program. The message is one line that names the key and what it should be. */
public class RecipeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public RecipeException(String message) {
        super(message);
    }

    /** Creates the exception with its cause. */
    public RecipeException(String message, Throwable cause) {
        super(message, cause);
    }
}
