package dev.nextstep.data.npm;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Reads files of pinned packages. A tarball is fetched once and its checksum compared each time it is opened. */
public final class NpmPackages {
    /** All files of a package start with this folder. */
    private static final String ROOT = "package/";

    private static final long LARGEST_FILE = 64L << 20;
    private static final long LARGEST_PACKAGE = 512L << 20;
    private static final int MOST_ENTRIES = 100_000;

    private final NpmSettings settings;

    /** Uses these settings. */
    public NpmPackages(NpmSettings settings) {
        this.settings = settings;
    }

    /**
     * Returns the tarball's place in the cache, fetched if it is not there.
     *
     * @throws NpmException if it cannot be had or is not the pinned one
     */
    public synchronized Path tarball(NpmPackage wanted) {
        return new TarballDownload(settings, wanted).fetch();
    }

    /**
     * Reads files of a package whole.
     *
     * @param files paths inside the package, such as {@code icons.json}; each at most 64 MiB
     * @return the content by path, in the order asked for
     * @throws NpmException if the package cannot be had, is not the pinned one, lacks a file or has one that is too large
     */
    public Map<String, byte[]> read(NpmPackage wanted, Collection<String> files) {
        var tarball = tarball(wanted);
        var found = new LinkedHashMap<String, byte[]>();
        files.forEach(file -> found.put(file, new byte[0]));
        var missing = new ArrayList<>(found.keySet());
        try (var tar = open(tarball)) {
            long total = 0;
            int entries = 0;
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null && !missing.isEmpty();
                    entry = tar.getNextEntry()) {
                total += entry.getSize();
                if (++entries > MOST_ENTRIES || total > LARGEST_PACKAGE) {
                    throw content(wanted, "has more than " + MOST_ENTRIES + " files or 512 MiB");
                }
                var name = entry.getName();
                if (!entry.isFile() || !name.startsWith(ROOT) || !missing.remove(name.substring(ROOT.length()))) {
                    continue;
                }
                if (entry.getSize() > LARGEST_FILE) {
                    throw content(wanted, name + " has " + entry.getSize() + " bytes; at most 64 MiB are read");
                }
                found.put(name.substring(ROOT.length()), tar.readAllBytes());
            }
        } catch (IOException e) {
            throw new NpmException(
                    NpmException.Reason.CONTENT, wanted + ": " + tarball + " cannot be read (" + e + ")", e);
        }
        if (!missing.isEmpty()) {
            throw content(wanted, "lacks " + String.join(", ", missing));
        }
        return found;
    }

    private static NpmException content(NpmPackage wanted, String trouble) {
        return new NpmException(NpmException.Reason.CONTENT, wanted + ": the package " + trouble);
    }

    private static TarArchiveInputStream open(Path tarball) throws IOException {
        InputStream file = new BufferedInputStream(Files.newInputStream(tarball));
        try {
            return new TarArchiveInputStream(new GZIPInputStream(file, 1 << 16));
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }
}
