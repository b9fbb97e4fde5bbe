package dev.nextstep.image;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A whole file in memory, within bounds. */
final class FileBytes {
    /** No picture within any limit of this package needs more than this. */
    private static final long MAX_FILE = 1L << 30;

    private FileBytes() {}

    static byte[] read(Path file) throws IOException, BadPicture {
        if (Files.isDirectory(file)) {
            throw new BadPicture("it is a directory");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new BadPicture("it is not a regular file");
        }
        long size = Files.size(file);
        if (size == 0) {
            throw new BadPicture("it is empty");
        }
        if (size > MAX_FILE) {
            throw new BadPicture("it is larger than " + MAX_FILE + " bytes");
        }
        return Files.readAllBytes(file);
    }

    /** What an I/O error means, in words. */
    static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException n -> "no such file or folder: " + n.getFile();
            case AccessDeniedException a -> "access denied: " + a.getFile();
            case FileSystemException f when f.getReason() != null -> f.getReason();
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }
}
