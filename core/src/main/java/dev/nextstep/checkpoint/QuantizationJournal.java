package dev.nextstep.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * What a quantising that may be killed has finished: a line that says what is made of what, then the hash of each tensor
 * that has reached the disk, in file order. A half-written last line counts for nothing. The open journal is locked, so
 * that two processes do not write one model.
 */
final class QuantizationJournal implements AutoCloseable {
    private static final int LINE = 65; // 64 hexadecimal digits and the end of the line
    private static final long MAX_BYTES = 1 << 24;

    private final FileChannel channel;
    private final List<String> lines;

    private QuantizationJournal(FileChannel channel, List<String> lines) {
        this.channel = channel;
        this.lines = lines;
    }

    /**
     * Opens the journal, or begins it.
     *
     * @throws CheckpointException if another process has it open
     */
    @SuppressWarnings("resource") // the journal closes it
    static QuantizationJournal open(Path file) throws IOException {
        var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (locked(channel)) {
                return new QuantizationJournal(channel, read(channel));
            }
            throw CheckpointException.of(file, "another process is quantising this model; wait for it or end it");
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static List<String> read(FileChannel channel) throws IOException {
        var bytes = ByteBuffer.allocate((int) Math.min(MAX_BYTES, channel.size()));
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
            // until full
        }
        var lines = new ArrayList<String>();
        var text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1);
        for (int at = 0; at + LINE <= text.length(); at += LINE) {
            String line = text.substring(at, at + LINE);
            if (!line.matches("[0-9a-f]{64}\n")) {
                break;
            }
            lines.add(line.substring(0, LINE - 1));
        }
        return lines;
    }

    /** Whether anything was there when the journal was opened. */
    boolean isNew() {
        return lines.isEmpty();
    }

    /** Whether it tells of the same work. */
    boolean isFor(String work) {
        return !lines.isEmpty() && lines.getFirst().equals(work);
    }

    /** Hashes of the tensors that are finished. */
    List<String> finished() {
        return lines.isEmpty() ? List.of() : List.copyOf(lines.subList(1, lines.size()));
    }

    /** Forgets everything and begins with that work. */
    void begin(String work) throws IOException {
        lines.clear();
        channel.truncate(0);
        append(List.of(work));
    }

    /** Adds hashes of tensors that are on disk, and forces them there too. */
    void append(List<String> hashes) throws IOException {
        channel.truncate((long) lines.size() * LINE); // a half-written line
        channel.position(channel.size());
        GgufWriter.write(
                channel,
                StandardCharsets.ISO_8859_1.encode(String.join("\n", hashes) + (hashes.isEmpty() ? "" : "\n")));
        channel.force(true);
        lines.addAll(hashes);
    }

    /** Releases the lock; the file stays. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
