package dev.nextstep.workflow.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nextstep.data.DataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a batch has done so far, a line of JSON for each picture, forced to disk before the next is begun: a batch that is killed
 * loses the pictures that were being drawn, no other. The first line names the plan; a last line that was cut off is dropped.
 * One process writes at a time.
 */
public final class BatchJournal implements AutoCloseable {
    /** Its name in the output folder. */
    public static final String FILE = "batch.journal.jsonl";

    private static final int FORMAT = 1;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final FileChannel channel;
    private final FileLock lock;
    private final Map<Integer, PictureRecord> records;

    private BatchJournal(FileChannel channel, FileLock lock, Map<Integer, PictureRecord> records) {
        this.channel = channel;
        this.lock = lock;
        this.records = records;
    }

    /**
     * Opens the journal of a folder, or begins one.
     *
     * @param fingerprint of the plan
     * @throws DataException if it belongs to another plan, is damaged before its last line, or another process writes it
     * @throws IOException if it cannot be read or written
     */
    public static BatchJournal open(Path folder, String fingerprint) throws IOException {
        var file = folder.resolve(FILE);
        var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            var lock = lock(channel, file);
            var text = StandardCharsets.UTF_8
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
            int whole = text.lastIndexOf('\n') + 1;
            var lines = text.substring(0, whole).lines().toList();
            var records = new LinkedHashMap<Integer, PictureRecord>();
            if (lines.isEmpty()) {
                channel.truncate(0);
                append(channel, MAPPER.writeValueAsString(Map.of("format", FORMAT, "plan", fingerprint)));
            } else {
                requirePlan(file, lines.getFirst(), fingerprint);
                for (int i = 1; i < lines.size(); i++) {
                    var record = read(file, i + 1, lines.get(i));
                    records.put(record.index(), record);
                }
                channel.truncate(text.substring(0, whole).getBytes(StandardCharsets.UTF_8).length);
                channel.position(channel.size());
            }
            return new BatchJournal(channel, lock, records);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static FileLock lock(FileChannel channel, Path file) throws IOException {
        try {
            var lock = channel.tryLock();
            if (lock != null) {
                return lock;
            }
        } catch (OverlappingFileLockException e) {
            throw new DataException(file + ": another batch is writing it", e);
        }
        throw new DataException(file + ": another process is writing it; wait for its end or name another folder");
    }

    private static void requirePlan(Path file, String line, String fingerprint) {
        var head = json(file, 1, line);
        if (head.path("format").asInt() != FORMAT || !head.path("plan").isTextual()) {
            throw new DataException(file + ":1: is no journal of a batch that this version can go on with");
        }
        if (!head.path("plan").asText().equals(fingerprint)) {
            throw new DataException(
                    file
                            + ": belongs to another batch (other prompts, settings or model); name another output folder, or repeat the command that began it");
        }
    }

    private static JsonNode json(Path file, int line, String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new DataException("%s:%d: is damaged (%s)".formatted(file, line, e.getOriginalMessage()), e);
        }
    }

    private static PictureRecord read(Path file, int line, String text) {
        var node = json(file, line, text);
        if (!RecordJson.isWhole(node)) {
            throw new DataException("%s:%d: is damaged (no index, files or attempts)".formatted(file, line));
        }
        return RecordJson.read(node);
    }

    /**
     * What stands in the journal of a folder, in the order of the pictures.
     *
     * @throws DataException as {@link #open}
     * @throws IOException if it cannot be read
     */
    public static List<PictureRecord> recordsIn(Path folder, String fingerprint) throws IOException {
        try (var journal = open(folder, fingerprint)) {
            return journal.inOrder();
        }
    }

    /** What is in it, by picture; of several entries for one the newest. */
    public Map<Integer, PictureRecord> records() {
        return Map.copyOf(records);
    }

    /** Adds what became of a picture; it is on disk when this returns. */
    public synchronized void add(PictureRecord picture) throws IOException {
        append(channel, MAPPER.writeValueAsString(RecordJson.write(picture)));
        records.put(picture.index(), picture);
    }

    private static void append(FileChannel channel, String line) throws IOException {
        var bytes = StandardCharsets.UTF_8.encode(line + "\n");
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(true);
    }

    /** All records in the order of the pictures. */
    public List<PictureRecord> inOrder() {
        return records.values().stream()
                .sorted(java.util.Comparator.comparingInt(PictureRecord::index))
                .toList();
    }

    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
    }
}
