package dev.nextstep.checkpoint;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.UUID;

/** Puts files and directories in their place in one step, so that a crash leaves the old one or the new one. */
final class AtomicFiles {

    /** Makes the file or directory of that name, which does not exist yet. */
    interface Making {
        void make(Path temporary) throws IOException;
    }

    private AtomicFiles() {}

    static void write(Path target, IfExists ifExists, Making making) {
        var place = target.toAbsolutePath().normalize();
        refuseExisting(place, ifExists);
        var temporary = beside(place, "tmp");
        try {
            making.make(temporary);
            place(temporary, place, ifExists);
        } catch (IOException e) {
            throw notWritten(target, e);
        } finally {
            deleteTree(temporary);
        }
    }

    /** Puts what has been made, and lies on the same disk, in its place. */
    static void place(Path made, Path target, IfExists ifExists) throws IOException {
        var place = target.toAbsolutePath().normalize();
        refuseExisting(place, ifExists);
        moveInto(place, made);
        force(parent(place));
    }

    /** What is told of a failure of the disk. */
    static CheckpointWriteException notWritten(Path target, IOException e) {
        return new CheckpointWriteException(
                CheckpointException.quote(target.toString()) + ": cannot be written: "
                        + CheckpointException.quote(reason(e)),
                e);
    }

    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException n -> "no such file or folder: " + n.getFile();
            case AccessDeniedException a -> "access denied: " + a.getFile();
            case FileSystemException f when f.getReason() != null -> f.getReason();
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }

    // A file replaces a file in one rename. A directory cannot replace one: the old is moved aside first and comes back
    // if the new cannot take its place.
    private static void moveInto(Path place, Path temporary) throws IOException {
        if (!Files.isDirectory(temporary) || !Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            Files.move(temporary, place, StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        var old = beside(place, "old");
        Files.move(place, old, StandardCopyOption.ATOMIC_MOVE);
        try {
            Files.move(temporary, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.move(old, place, StandardCopyOption.ATOMIC_MOVE);
            throw e;
        }
        deleteTree(old);
    }

    /** Fails if the target is there and must not be replaced. */
    static void refuseExisting(Path place, IfExists ifExists) {
        if (ifExists == IfExists.REFUSE && Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            throw CheckpointException.of(place, "already exists; name another target or ask for replacement");
        }
    }

    private static Path beside(Path place, String kind) {
        return place.resolveSibling("." + place.getFileName() + "." + kind + "-" + UUID.randomUUID());
    }

    private static Path parent(Path place) {
        var parent = place.getParent();
        return parent == null ? place : parent;
    }

    /** Writes a small text file and forces it to disk. */
    static void writeText(Path file, String text) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** Copies a file and forces the copy to disk. */
    static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to);
        try (var channel = FileChannel.open(to, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Forces the entries of a directory to disk, where the system can. */
    static void force(Path directory) {
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows does not open directories; the rename itself is still one step.
            return;
        }
    }

    /** Removes a file or a folder with all that is in it. */
    static void deleteTree(Path root) {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (var paths = Files.walk(root)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw CheckpointException.of(root, "cannot be removed: " + CheckpointException.quote(e.toString()), e);
        }
    }
}
