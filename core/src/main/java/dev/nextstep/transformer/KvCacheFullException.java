package dev.nextstep.transformer;

/** There is no room for more keys and values within the limit. Sequences are as they were. */
public class KvCacheFullException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public KvCacheFullException(String message) {
        super(message);
    }
}
