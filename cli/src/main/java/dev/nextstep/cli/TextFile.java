package dev.nextstep.cli;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** A text file that appears whole or not at all. */
final class TextFile {
    private TextFile() {}

    /**
     * Writes a file, or replaces it.
     *
     * @throws NoSuchFileException if its folder is not there
     */
    static void write(Path file, String text) throws IOException {
        requireFolder(file);
        var temporary = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            Files.writeString(temporary, text);
            try {
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /**
     * Returns if the folder is there in which a file is to be written.
     *
     * @throws NoSuchFileException if not
     */
    static void requireFolder(Path file) throws NoSuchFileException {
        var folder = file.getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw new NoSuchFileException(
                    folder.toString(), null, Files.exists(folder) ? "not a folder" : "no such folder; make it first");
        }
    }
}
