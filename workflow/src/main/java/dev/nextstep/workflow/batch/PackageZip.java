package dev.nextstep.workflow.batch;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.SortedSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files of a run as one zip file. */
public final class PackageZip {
    /** Zip files hold a time; the same files give the same bytes. */
    private static final LocalDateTime TIME = LocalDateTime.of(2026, 1, 1, 0, 0);

    private PackageZip() {}

    /** Where the files come from. */
    @FunctionalInterface
    public interface Source {
        /** The content of a file. */
        byte[] read(String name) throws IOException;
    }

    /**
     * Writes them, one after another; only one is in memory at a time.
     *
     * @param out is not closed
     * @param root folder in the zip file that holds all of them
     * @param names of the files, / between folders
     * @throws IOException if one cannot be read, or nothing can be written
     */
    public static void write(OutputStream out, String root, SortedSet<String> names, Source source) throws IOException {
        var zip = new ZipOutputStream(out);
        for (String name : names) {
            var entry = new ZipEntry(root + "/" + name);
            entry.setTimeLocal(TIME);
            zip.putNextEntry(entry);
            zip.write(source.read(name));
            zip.closeEntry();
        }
        zip.finish();
    }
}
