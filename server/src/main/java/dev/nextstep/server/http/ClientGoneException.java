package dev.nextstep.server.http;

import java.io.IOException;

/** The client does not listen any more. */
public final class ClientGoneException extends RuntimeException {
    /** The connection broke. */
    public ClientGoneException(IOException cause) {
        super(cause);
    }
}
