package dev.nextstep.server.store;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * Bytes under their SHA-256, in 64 hexadecimal digits. What is put twice is there once; what is there never changes. Safe
 * for use by several threads and processes.
 */
public interface ContentStore {
    /** How safe content has to be when {@link #put} returns. */
    enum Safety {
        /** Forced to disk: it may be promised to somebody. */
        FORCED,
        /** It may be lost with the power; it can be made again. */
        CACHED
    }

    /**
     * Stores content.
     *
     * @return its SHA-256
     * @throws StoreException if it cannot be written now; nothing half-written is left under its name
     */
    String put(byte[] content, Safety safety);

    /**
     * The content of that hash; empty if it is not there, or not what it was.
     *
     * @throws StoreException if nobody can tell now
     */
    Optional<byte[]> get(String sha256);

    /** Bytes that can still be stored; empty if nobody can tell. */
    OptionalLong free();

    /**
     * Removes what nobody needs.
     *
     * @param needed tells whether content is needed by somebody
     * @param age content that was put later is left alone: who put it may not have said yet that it needs it
     * @return how much was removed
     * @throws StoreException if the store does not answer; what was removed until then is
     */
    int sweep(Predicate<String> needed, Duration age);
}
