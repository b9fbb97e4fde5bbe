package dev.nextstep.hub;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The right to write one blob: held by one thread of one process at a time, given back by the system if it dies. */
final class BlobLock implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(50);

    /**
     * Locks of this process. The system's lock belongs to the process: a second thread would get no wait from it but an
     * exception, and closing a second channel of the file would give up the first one's lock. That is per process, hence
     * static.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path key;
    private final FileChannel channel;

    private BlobLock(Path key, FileChannel channel) {
        this.key = key;
        this.channel = channel;
    }

    /** Waits for the lock. The file stays afterwards: to delete it could hand the lock to two others. */
    static BlobLock take(Path file, Stop stop) throws IOException {
        var directory = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a lock file lies in a directory");
        Files.createDirectories(directory);
        var key = directory.toRealPath().resolve(file.getFileName());
        while (!HELD.add(key)) {
            stop.sleep(LOOK);
        }
        boolean taken = false;
        try {
            var channel = FileChannel.open(key, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                while (channel.tryLock() == null) {
                    stop.sleep(LOOK);
                }
                taken = true;
                return new BlobLock(key, channel);
            } finally {
                if (!taken) {
                    channel.close();
                }
            }
        } finally {
            if (!taken) {
                HELD.remove(key);
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            HELD.remove(key);
        }
    }
}
