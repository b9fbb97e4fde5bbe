package dev.nextstep.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.UUID;

/** How a file of a snapshot stands for its blob. */
enum Pointer {
    /** The usual way: a relative link, so that the cache can be moved. */
    SYMBOLIC_LINK,
    /** Where symbolic links need a privilege (Windows). */
    HARD_LINK,
    /** Where no links are possible: twice the room. */
    COPY;

    /** The best that a directory's file system lets us make. */
    static Pointer bestIn(Path directory) throws IOException {
        var blob = Files.createTempFile(directory, "probe-", ".tmp");
        try {
            for (var pointer : values()) {
                var file = directory.resolve(blob.getFileName() + ".link");
                try {
                    pointer.create(blob, file);
                    return pointer;
                } catch (IOException | UnsupportedOperationException e) {
                    // Not this way: the next.
                } finally {
                    Files.deleteIfExists(file);
                }
            }
            return COPY;
        } finally {
            Files.deleteIfExists(blob);
        }
    }

    /** Puts a pointer to a blob in place, for all readers at once; what was there is replaced. */
    void place(Path blob, Path file) throws IOException {
        var parent = parent(file);
        Files.createDirectories(parent);
        var temporary = parent.resolve(".pointer-" + UUID.randomUUID() + ".tmp");
        try {
            create(blob, temporary);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private void create(Path blob, Path file) throws IOException {
        switch (this) {
            case SYMBOLIC_LINK -> Files.createSymbolicLink(file, parent(file).relativize(blob.toAbsolutePath()));
            case HARD_LINK -> Files.createLink(file, blob);
            case COPY -> Files.copy(blob, file);
        }
    }

    private static Path parent(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file lies in a directory");
    }
}
