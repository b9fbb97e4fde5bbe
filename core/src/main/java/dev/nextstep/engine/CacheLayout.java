package dev.nextstep.engine;

/**
 * How an engine keeps keys and values.
 *
 * @param bytesPerPosition memory of one position of one sequence in all layers
 * @param pageTokens positions that memory is taken for at once; 1 if there are no pages
 * @param limitBytes most memory of all sequences together; {@link Long#MAX_VALUE} for no limit
 */
public record CacheLayout(long bytesPerPosition, int pageTokens, long limitBytes) {
    public CacheLayout {
        if (bytesPerPosition < 1 || pageTokens < 1 || limitBytes < 1) {
            throw new IllegalArgumentException("bytes per position, page size and limit must be at least 1: "
                    + bytesPerPosition + ", " + pageTokens + ", " + limitBytes);
        }
    }

    /** Memory of a sequence of so many positions that shares nothing: whole pages. */
    public long bytes(int positions) {
        return (positions + pageTokens - 1L) / pageTokens * pageTokens * bytesPerPosition;
    }

    /** Memory that a fork of so many positions can go on sharing: whole pages. */
    public long sharedBytes(int positions) {
        return positions / pageTokens * (pageTokens * bytesPerPosition);
    }
}
