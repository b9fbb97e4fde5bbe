package dev.nextstep.train.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** A run that this process has for itself. The system releases it when the process ends, however it ends. */
public final class RunLock implements AutoCloseable {
    private final FileChannel channel;

    private RunLock(FileChannel channel) {
        this.channel = channel;
    }

    static RunLock take(Path file) {
        try {
            var channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                channel.close();
                throw new RunException("the run is in use by %s; stop that first".formatted(owner(file)));
            }
            var text = "process %d since %s\n"
                    .formatted(ProcessHandle.current().pid(), Instant.now().truncatedTo(ChronoUnit.SECONDS));
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
            channel.force(true);
            return new RunLock(channel);
        } catch (IOException e) {
            throw new RunException("%s cannot be locked: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            // Not the first byte: where locks are mandatory, others could not read who holds it.
            return channel.tryLock(Long.MAX_VALUE - 1, 1, false);
        } catch (OverlappingFileLockException _) {
            return null; // Held by this very process.
        }
    }

    private static String owner(Path file) throws IOException {
        var text = Files.readString(file, StandardCharsets.UTF_8).strip();
        return text.isEmpty() ? "another process" : text;
    }

    /** Gives the run back. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new RunException("the lock of the run cannot be released: " + e.getMessage(), e);
        }
    }
}
