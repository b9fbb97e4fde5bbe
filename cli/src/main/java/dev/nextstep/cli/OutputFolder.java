package dev.nextstep.cli;

import dev.nextstep.image.PictureException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Finds out whether pictures can be written before they are drawn. */
public final class OutputFolder {
    private OutputFolder() {}

    /**
     * Returns if files of that size can be written.
     *
     * @throws PictureException if the folder is not there
     * @throws UncheckedIOException if it cannot be written to, or has too little room
     */
    public static void require(Path folder, long bytes) {
        if (!Files.isDirectory(folder)) {
            throw new PictureException("cannot write to %s: %s"
                    .formatted(folder, Files.exists(folder) ? "it is not a folder" : "no such folder; make it first"));
        }
        // Rights alone do not tell: the file system can be read-only, the user can be root.
        var probe = folder.resolve("." + UUID.randomUUID() + ".tmp");
        try {
            try {
                Files.createFile(probe);
            } finally {
                Files.deleteIfExists(probe);
            }
            // Not the file store: Java cannot tell which one it is in a chroot.
            requireRoom(folder, bytes, folder.toFile().getUsableSpace());
        } catch (AccessDeniedException e) {
            throw new UncheckedIOException(new AccessDeniedException(folder.toString()));
        } catch (FileSystemException e) { // about the folder, not about the probe
            throw new UncheckedIOException(
                    new FileSystemException(folder.toString(), null, "cannot be written to: " + e.getReason()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void requireRoom(Path folder, long bytes, long free) throws IOException {
        if (free < bytes) {
            throw new IOException(
                    "%s has %d bytes free, but the pictures can need %d; make room or choose another --out"
                            .formatted(folder, free, bytes));
        }
    }
}
