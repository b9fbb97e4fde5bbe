package dev.nextstep.engine;

/**
 * Keys and values of one sequence inside an engine: the state of a text or picture in progress, made by {@link
 * ModelBackend#newSequence} and grown by {@link ModelBackend#forward}. Used by one thread at a time.
 */
public interface Sequence extends AutoCloseable {
    /** Positions held. */
    int length();

    /** Absolute position of the first entry. */
    int offset();

    /** Absolute position of the next entry. */
    default int nextPosition() {
        return offset() + length();
    }

    /**
     * An independent sequence with the same entries: how pictures of one prompt share its reading. Engines share the memory
     * of what both have in common where they can.
     *
     * @param capacity positions to reserve memory for, those that both share included; it grows beyond if needed
     * @throws MemoryException if there is none within {@link CacheLayout#limitBytes}
     */
    Sequence fork(int capacity);

    /**
     * Sets memory aside, so that the next positions cannot fail for want of it. Engines that take memory otherwise do
     * nothing.
     *
     * @throws MemoryException if there is none within {@link CacheLayout#limitBytes}
     */
    default void reserve(int more) {}

    /**
     * Forgets all entries from {@code newLength} on.
     *
     * @throws IllegalArgumentException unless 0 ≤ newLength ≤ length
     */
    void truncate(int newLength);

    /** Gives the memory back, except what forks still use. Must not be used afterwards; closing twice does no harm. */
    @Override
    void close();
}
