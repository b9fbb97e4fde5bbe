package dev.nextstep.image;

/** A picture could not be read or written. The message names the file and the reason. */
public sealed class PictureException extends RuntimeException permits PictureWriteException {
    private static final long serialVersionUID = 1L;

    public PictureException(String message) {
        super(message);
    }

    public PictureException(String message, Throwable cause) {
        super(message, cause);
    }
}
