package dev.nextstep.server.store;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Content cannot be written or read now: the disk is full, the store does not answer or refuses. It may work later. */
public final class StoreException extends UncheckedIOException {
    /**
     * Says what did not work.
     *
     * @param message which store, and why; for the log and for clients
     */
    public StoreException(String message, IOException cause) {
        super(message, cause);
    }
}
