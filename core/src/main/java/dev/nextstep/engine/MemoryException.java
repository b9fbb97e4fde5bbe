package dev.nextstep.engine;

/** A request was refused before it began because it cannot fit into memory. The message holds the arithmetic. */
public class MemoryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MemoryException(String message) {
        super(message);
    }
}
