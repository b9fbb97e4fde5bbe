package dev.nextstep.data.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A file that appears whole or not at all: written beside its target, forced to disk, renamed. A crash leaves the old
 * file or the new one.
 */
public final class AtomicFile {
    private AtomicFile() {}

    /**
     * Writes a file, replacing one that is there.
     *
     * @param target the file; its folder is made if it does not exist
     * @param content all of its bytes
     * @throws IOException if it cannot be written; then the old file is still there
     */
    public static void write(Path target, byte[] content) throws IOException {
        Path place = target.toAbsolutePath().normalize();
        Path folder = place.getParent();
        if (folder == null) {
            throw new IOException(target + " is no name for a file");
        }
        Files.createDirectories(folder);
        Path temporary = folder.resolve("." + place.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            try (var out = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                var bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
            move(temporary, place);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /**
     * Writes a text file in UTF-8, replacing one that is there.
     *
     * @throws IOException if it cannot be written; then the old file is still there
     */
    public static void writeText(Path target, String content) throws IOException {
        write(target, content.getBytes(StandardCharsets.UTF_8));
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
