package dev.nextstep.checkpoint;

import java.io.IOException;

/** The system refused to write weights or a model: a full disk, a read-only folder. The target is as it was. */
public final class CheckpointWriteException extends CheckpointException {
    private static final long serialVersionUID = 1L;

    CheckpointWriteException(String message, IOException cause) {
        super(message, cause);
    }
}
