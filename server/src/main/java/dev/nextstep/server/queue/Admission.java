package dev.nextstep.server.queue;

import dev.nextstep.server.config.QueueSettings;
import dev.nextstep.server.http.ApiError;
import dev.nextstep.server.http.ApiException;
import dev.nextstep.server.store.ContentStore;
import java.time.Duration;
import java.util.function.LongUnaryOperator;

/** Refuses early what cannot be done: with a reason, and when to ask again. */
final class Admission {
    /** Part of the heap that one picture may take. */
    private static final double MOST_MEMORY = 0.8;

    private static final Duration A_WHILE = Duration.ofMinutes(1);

    private final QueueSettings settings;
    private final Line line;
    private final ContentStore store;
    private final long minFreeDisk;
    private volatile boolean isStopping;

    Admission(QueueSettings settings, Line line, ContentStore store, long minFreeDisk) {
        this.settings = settings;
        this.line = line;
        this.store = store;
        this.minFreeDisk = minFreeDisk;
    }

    /** From now on nothing is accepted. */
    void stop() {
        isStopping = true;
    }

    /** Whether nothing is accepted any more. */
    boolean isStopping() {
        return isStopping;
    }

    /**
     * Returns if something new may be accepted at all, before anything is read.
     *
     * @throws ApiException if not
     */
    void requireOpen() {
        if (isStopping) {
            throw ApiException.later(ApiError.Kind.STOPPING, "the server is being stopped", settings.drain());
        }
        var free = store.free();
        if (free.isPresent() && free.getAsLong() < minFreeDisk) {
            throw new ApiException(
                    ApiError.Kind.DISK_FULL,
                    "the server has %d MB left on its disk and keeps %d MB free; nothing new is accepted"
                            .formatted(free.getAsLong() >> 20, minFreeDisk >> 20));
        }
    }

    /**
     * Returns if there is room in the queue.
     *
     * @param seconds how long that much work takes
     * @throws ApiException if not
     */
    void requireRoom(String owner, int pictures, long cost, LongUnaryOperator seconds) {
        if (pictures > Math.min(settings.limit(), settings.limitPerKey())) {
            throw new ApiException(
                    ApiError.Kind.TOO_LARGE,
                    "the request asks for %d pictures and at most %d may wait"
                            .formatted(pictures, Math.min(settings.limit(), settings.limitPerKey())));
        }
        requireRoom(line.waiting(owner), pictures, settings.limitPerKey(), "of this key", cost, seconds);
        requireRoom(line.waiting(), pictures, settings.limit(), "in all", cost, seconds);
    }

    private static void requireRoom(
            int waiting, int pictures, int limit, String whose, long cost, LongUnaryOperator seconds) {
        if (waiting + pictures > limit) {
            long excess = (long) waiting + pictures - limit;
            var wait = Duration.ofSeconds(Math.max(1, seconds.applyAsLong(excess * cost)));
            throw ApiException.later(
                    ApiError.Kind.QUEUE_FULL,
                    "%d pictures wait %s and at most %d may; ask for these %d later"
                            .formatted(waiting, whose, limit, pictures),
                    wait.compareTo(A_WHILE) > 0 ? A_WHILE : wait);
        }
    }

    /**
     * Returns if a picture can ever fit into the memory.
     *
     * @param bytes what it needs
     * @throws ApiException if not
     */
    void requireMemory(long bytes) {
        long most = (long) (Runtime.getRuntime().maxMemory() * MOST_MEMORY);
        if (bytes > most) {
            throw ApiException.invalid(
                    "size",
                    "a picture of this size needs %d MB of memory, and this server has %d MB for it; ask for a smaller one"
                            .formatted(bytes >> 20, most >> 20));
        }
    }
}
