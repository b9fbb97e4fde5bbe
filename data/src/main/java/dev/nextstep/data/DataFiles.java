package dev.nextstep.data;

import dev.nextstep.data.files.AtomicFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.UUID;

/** Files and folders that appear whole or not at all: written beside their place, forced to disk, moved. */
public final class DataFiles {
    private DataFiles() {}

    /**
     * Writes a file and makes its name last too; its folder is made if it does not exist.
     *
     * @throws IOException if the system refuses; the target is then as it was
     */
    public static void write(Path target, byte[] content) throws IOException {
        AtomicFile.write(target, content);
        force(folder(target));
    }

    /** Writes a text in UTF-8, as {@link #write(Path, byte[])} does. */
    public static void write(Path target, String text) throws IOException {
        write(target, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A name in the same folder that nothing has, hidden from listings: a dot, the name, the kind, a random number. */
    public static Path beside(Path place, String kind) {
        Path absolute = place.toAbsolutePath().normalize();
        return absolute.resolveSibling("." + absolute.getFileName() + "." + kind + "-" + UUID.randomUUID());
    }

    /** Moves a file or a folder to a place where no folder is. */
    public static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /**
     * Puts a finished folder in the place of another, or of none. The old one is moved aside first and comes back if the
     * new one cannot take its place.
     */
    public static void replaceFolder(Path finished, Path place) throws IOException {
        if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            move(finished, place);
        } else {
            Path old = beside(place, "old");
            move(place, old);
            try {
                move(finished, place);
            } catch (IOException e) {
                move(old, place);
                throw e;
            }
            deleteTree(old);
        }
        force(folder(place));
    }

    /** Removes a file or a folder with all that is in it; what does not exist is no error. */
    public static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (var paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** Forces the names in a folder to disk, where the system can. */
    static void force(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows does not open folders; the rename itself is still one step.
            return;
        }
    }

    private static Path folder(Path place) {
        Path parent = place.toAbsolutePath().getParent();
        return parent == null ? place : parent;
    }
}
