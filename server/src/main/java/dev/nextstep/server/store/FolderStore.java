package dev.nextstep.server.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of content: {@code ab/ab12…}. A file is written beside, forced to disk and renamed, so that a name without its
 * content never exists. Time of change is time of the last {@link #put}.
 */
public final class FolderStore implements ContentStore {
    private static final Logger LOG = LoggerFactory.getLogger(FolderStore.class);

    private final Path root;
    private final Path unfinished;

    private FolderStore(Path root) {
        this.root = root;
        this.unfinished = root.resolve(".unfinished");
    }

    /**
     * Opens a folder, and makes it if it is not there.
     *
     * @throws StoreException if it cannot be made
     */
    public static FolderStore open(Path root) {
        var store = new FolderStore(root);
        try {
            Files.createDirectories(store.unfinished);
        } catch (IOException e) {
            throw store.failed(e);
        }
        return store;
    }

    @Override
    public String put(byte[] content, Safety safety) {
        var name = Hashes.sha256(content);
        var file = file(name);
        try {
            if (!touch(file)) {
                write(file, content, safety);
            } else if (safety == Safety.FORCED) {
                forceContent(file); // it may have been put as cached
            }
        } catch (IOException e) {
            throw failed(e);
        }
        return name;
    }

    // Tells a sweep that somebody needs it again. If it is there afterwards, no sweep can have missed that.
    private static boolean touch(Path file) throws IOException {
        try {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
            return Files.exists(file);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private void write(Path file, byte[] content, Safety safety) throws IOException {
        var folder = file.resolveSibling("");
        boolean isNewFolder = !Files.isDirectory(folder);
        Files.createDirectories(folder);
        var temporary = unfinished.resolve(UUID.randomUUID().toString());
        try {
            try (var channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                var bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                if (safety == Safety.FORCED) {
                    channel.force(true);
                }
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
        if (safety == Safety.FORCED) {
            force(folder);
            if (isNewFolder) {
                force(root);
            }
        }
    }

    private static void forceContent(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static void force(Path folder) {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) { // not every system opens folders; the rename is one step either way
            LOG.debug("cannot force folder {}", folder, e);
        }
    }

    @Override
    public Optional<byte[]> get(String sha256) {
        byte[] content;
        try {
            content = Files.readAllBytes(file(sha256));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed(e);
        }
        if (!Hashes.sha256(content).equals(sha256)) {
            LOG.error("{} is damaged: its content has another hash", file(sha256));
            return Optional.empty();
        }
        return Optional.of(content);
    }

    @Override
    public OptionalLong free() {
        try {
            return OptionalLong.of(Files.getFileStore(root).getUsableSpace());
        } catch (IOException e) {
            LOG.warn("cannot tell how much room is left in {}", root, e);
            return OptionalLong.empty();
        }
    }

    /**
     * What may be removed is moved aside first and looked at again: whoever puts the same content meanwhile does not find it
     * and writes it anew, or has touched it before, which shows then.
     */
    @Override
    public int sweep(Predicate<String> needed, Duration age) {
        int removed = 0;
        for (var folder : list(root)) {
            if (!Files.isDirectory(folder)) {
                continue;
            }
            for (var file : list(folder)) {
                removed += sweep(file, needed, Instant.now().minus(age)) ? 1 : 0;
            }
        }
        return removed;
    }

    private boolean sweep(Path file, Predicate<String> needed, Instant before) {
        var name = file.getFileName().toString();
        boolean isUnfinished = unfinished.equals(file.getParent());
        try {
            if (!isOlder(file, before) || (!isUnfinished && needed.test(name))) {
                return false;
            }
            if (isUnfinished) {
                return Files.deleteIfExists(file);
            }
            var aside = unfinished.resolve(UUID.randomUUID().toString());
            Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
            if (!isOlder(aside, before) || needed.test(name)) {
                Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
                return false;
            }
            return Files.deleteIfExists(aside);
        } catch (NoSuchFileException e) {
            return false; // another process was faster
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static boolean isOlder(Path file, Instant before) throws IOException {
        return Files.getLastModifiedTime(file).toInstant().isBefore(before);
    }

    private List<Path> list(Path folder) {
        try (var entries = Files.list(folder)) {
            return entries.toList();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private Path file(String sha256) {
        return root.resolve(Hashes.requireSha256(sha256).substring(0, 2)).resolve(sha256);
    }

    private StoreException failed(IOException reason) {
        LOG.warn("the folder of pictures {} cannot be used", root, reason);
        return new StoreException(
                "the folder of the server's pictures cannot be used now: "
                        + reason.getClass().getSimpleName(),
                reason);
    }

    /** As {@link Hashes#sha256}. */
    public static String sha256(byte[] content) {
        return Hashes.sha256(content);
    }
}
