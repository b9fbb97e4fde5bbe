package dev.nextstep.server.store;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Content in a bucket of a store that speaks S3. Such a store shows an object whole or not at all, and to everybody as soon as
 * it has acknowledged it; time of change is time of the last {@link #put}.
 *
 * <p>It cannot move objects in one step as a folder can. Who sweeps therefore marks what is to be removed, and then looks again
 * whether it was put meanwhile; who puts looks for marks afterwards, and then whether the object is still there, and if not so puts
 * again when the marks are gone. However the two meet, one of them sees the other: a mark that is set after it was looked for
 * comes before a look at an object that is new.
 */
public final class S3Store implements ContentStore {
    private static final Logger LOG = LoggerFactory.getLogger(S3Store.class);

    /** What stands in front of the hash in the name of a mark; behind it who set it. */
    private static final String MARK = "sweeping-";

    /** How long a mark counts; who set an older one was killed. */
    private static final Duration MARKED = Duration.ofMinutes(2);

    /** How long after a mark something may still be removed: a request may take as long again. */
    private static final Duration REMOVING = Duration.ofSeconds(20);

    private static final long LOOK_MILLIS = 50;

    private final S3Requests requests;

    private S3Store(S3Requests requests) {
        this.requests = requests;
    }

    /**
     * Opens a store.
     *
     * @throws StoreException if it does not answer, there is no such bucket, or the keys do not open it
     * @throws IllegalArgumentException if no keys are given, and none are in the environment
     */
    public static S3Store open(S3Address address) {
        var requests = new S3Requests(address);
        var _ = requests.list("", Optional.empty());
        return new S3Store(requests);
    }

    @Override
    public String put(byte[] content, Safety safety) {
        var name = Hashes.sha256(content);
        do {
            requests.put(name, content);
        } while (awaitMarks(name) || wasSwept(name));
        return name;
    }

    // By somebody whose mark was gone before it was looked for.
    private boolean wasSwept(String name) {
        return requests.changed(name).isEmpty();
    }

    // Whether there were marks; they are gone then.
    private boolean awaitMarks(String name) {
        var marks = marks(name);
        if (marks.isEmpty()) {
            return false;
        }
        long end = System.nanoTime() + MARKED.toNanos();
        while (!marks.isEmpty() && System.nanoTime() < end) {
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StoreException(
                        "the server is being stopped", new InterruptedIOException("waiting for " + marks));
            }
            marks = marks(name);
        }
        marks.forEach(mark -> requests.delete(mark.name()));
        return true;
    }

    private List<S3Requests.Found> marks(String name) {
        return requests.list(MARK + name, Optional.empty()).objects();
    }

    @Override
    public Optional<byte[]> get(String sha256) {
        var name = Hashes.requireSha256(sha256);
        for (int attempt = 0; attempt < 2; attempt++) { // a connection may have been cut off
            var content = requests.get(name);
            if (content.isEmpty() || Hashes.sha256(content.get()).equals(name)) {
                return content;
            }
        }
        LOG.error("{} is damaged: its content has another hash", name);
        return Optional.empty();
    }

    /** Nobody can tell. */
    @Override
    public OptionalLong free() {
        return OptionalLong.empty();
    }

    @Override
    public int sweep(Predicate<String> needed, Duration age) {
        int removed = 0;
        var from = Optional.<String>empty();
        do {
            var listing = requests.list("", from);
            for (var found : listing.objects()) {
                removed += sweep(found, needed, Instant.now().minus(age)) ? 1 : 0;
            }
            from = listing.next();
        } while (from.isPresent());
        return removed;
    }

    private boolean sweep(S3Requests.Found found, Predicate<String> needed, Instant before) {
        var name = found.name();
        if (!found.changed().isBefore(before)) {
            return false;
        }
        if (name.startsWith(MARK)) { // left by a killed process
            requests.delete(name);
            return true;
        }
        return Hashes.isSha256(name) && !needed.test(name) && remove(name, needed, before);
    }

    private boolean remove(String name, Predicate<String> needed, Instant before) {
        var mark = MARK + name + "-" + UUID.randomUUID(); // others may sweep at the same time
        requests.put(mark, new byte[0]);
        try {
            long marked = System.nanoTime();
            boolean isOld =
                    requests.changed(name).filter(now -> now.isBefore(before)).isPresent();
            boolean isUnneeded = isOld && !needed.test(name);
            if (!isUnneeded || System.nanoTime() - marked > REMOVING.toNanos()) {
                return false;
            }
            requests.delete(name);
            return true;
        } finally {
            requests.delete(mark);
        }
    }
}
