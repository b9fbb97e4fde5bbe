package dev.nextstep.kernel;

/**
 * Keys and values of one sequence in one layer as attention reads them: in pages of a fixed number of positions, which may
 * lie anywhere and in any type. Page i holds the positions from {@code i · pageLength()} on.
 */
public interface KeyValuePages {
    /** Positions of a page, a multiple of 4. */
    int pageLength();

    /**
     * Keys of a head in a page, one each {@link Attention.Shape#cacheStride()}, zeros behind the head's values.
     *
     * @param scratch room for a page, for those that must be converted first
     * @return an array that holds them from {@link #keysFrom} on; {@code scratch} if they were converted
     */
    float[] keys(int page, int kvHead, float[] scratch);

    /** Where the keys begin in what {@link #keys} returns. */
    int keysFrom(int page, int kvHead);

    /** Values likewise. */
    float[] values(int page, int kvHead, float[] scratch);

    /** Where the values begin in what {@link #values} returns. */
    int valuesFrom(int page, int kvHead);
}
