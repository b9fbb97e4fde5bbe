package dev.nextstep.cli.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The runs in a file, one JSON object on each line, the oldest first. */
public final class History {
    /** What the names of kernels' measures begin with: they do not depend on the model. */
    static final String KERNEL = "kernel ";

    private final Path file;
    private final List<HistoryEntry> entries;

    private History(Path file, List<HistoryEntry> entries) {
        this.file = file;
        this.entries = List.copyOf(entries);
    }

    /**
     * Reads a file; one that is not there yet is an empty history.
     *
     * @throws IOException if it cannot be read
     * @throws HistoryException if a line of it is not a run; the message says which
     */
    public static History read(Path file) throws IOException {
        var entries = new ArrayList<HistoryEntry>();
        if (Files.exists(file)) {
            int number = 0;
            for (var line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                number++;
                if (!line.isBlank()) {
                    entries.add(HistoryLine.parse(line, "%s, line %d".formatted(file, number)));
                }
            }
        }
        return new History(file, entries);
    }

    /** The runs, the oldest first. */
    public List<HistoryEntry> entries() {
        return entries;
    }

    /** The last run that measured something in common with this one, under the same conditions. */
    public Optional<Comparison> compare(HistoryEntry now) {
        return entries.reversed().stream()
                .map(before -> Comparison.of(before, now))
                .filter(comparison -> !comparison.changes().isEmpty())
                .findFirst();
    }

    /** Adds a line to the file; whatever is in it stays as it is. */
    public void append(HistoryEntry entry) throws IOException {
        String start = Files.exists(file) && !endsWithLine() ? "\n" : "";
        Files.writeString(
                file, start + HistoryLine.text(entry) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private boolean endsWithLine() throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        return text.isEmpty() || text.endsWith("\n");
    }
}
