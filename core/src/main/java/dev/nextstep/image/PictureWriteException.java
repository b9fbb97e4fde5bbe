package dev.nextstep.image;

import java.io.IOException;

/** The system refused to write a picture: a full disk, a read-only folder. The target is as it was. */
public final class PictureWriteException extends PictureException {
    private static final long serialVersionUID = 1L;

    PictureWriteException(String message, IOException cause) {
        super(message, cause);
    }
}
