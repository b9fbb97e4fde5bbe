package dev.nextstep.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Collects how far our numbers really were from the official ones, for {@code docs/parity.md}. Written when the tests end,
 * to the file that the system property {@code parity.report} names; without it nothing happens.
 */
public final class ParityReport {
    private static final Map<String, Entry> ENTRIES = new TreeMap<>();

    static {
        String file = System.getProperty("parity.report", "");
        if (!file.isEmpty()) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> write(Path.of(file))));
        }
    }

    private static final class Entry {
        private int comparisons;
        private double largest;
        private double tolerance;
    }

    private ParityReport() {}

    /** Notes one comparison: its kind, the largest difference found, and what was allowed. */
    public static synchronized void note(String kind, double difference, double tolerance) {
        var entry = ENTRIES.computeIfAbsent(kind, k -> new Entry());
        entry.comparisons++;
        entry.largest = Math.max(entry.largest, difference);
        entry.tolerance = Math.max(entry.tolerance, tolerance);
    }

    private static synchronized void write(Path file) {
        var text = new StringBuilder("| what | comparisons | largest difference | allowed |\n|---|---|---|---|\n");
        ENTRIES.forEach((kind, entry) -> text.append(String.format(
                Locale.ROOT, "| %s | %d | %.2g | %.2g |%n", kind, entry.comparisons, entry.largest, entry.tolerance)));
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
