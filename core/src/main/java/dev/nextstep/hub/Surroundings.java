package dev.nextstep.hub;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a client takes from the machine it runs on; tests put their own in its place.
 *
 * @param backoff waiting between attempts
 * @param disk free bytes of the file system that a directory is on
 * @param patience the longest silence of a server before the connection counts as broken
 */
record Surroundings(Backoff backoff, Disk disk, Duration patience) {
    // Not the file store: Java cannot tell which one it is in a chroot.
    static final Surroundings REAL =
            new Surroundings(Backoff.EXPONENTIAL, d -> d.toFile().getUsableSpace(), Duration.ofSeconds(60));

    /** Tells how much room there is. */
    interface Disk {
        long freeBytes(Path directory) throws IOException;
    }
}
