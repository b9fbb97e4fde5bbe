package dev.nextstep.engine;

/** A request was refused because too many pictures wait already. Nothing of it was begun; it may be made again later. */
public class EngineFullException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EngineFullException(String message) {
        super(message);
    }
}
