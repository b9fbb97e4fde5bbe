package dev.nextstep.fuzz;

import dev.nextstep.checkpoint.CheckpointException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** The pickle inside an intact zip, which check sums would otherwise shield from the fuzzer. */
final class TorchPickleFuzz implements FuzzTarget {
    private static final int DIRECTORY_ENTRY = 0x02014b50;
    private static final String PICKLE_NAME = "a/data.pkl";

    private final TorchZipFuzz zip = new TorchZipFuzz();

    /** The zip with an empty pickle: what stands before it, and what comes behind. */
    private final byte[] before;

    private final byte[] behind;

    TorchPickleFuzz() {
        byte[] empty = emptyPickle();
        int directory = indexOf(empty, DIRECTORY_ENTRY);
        before = Arrays.copyOf(empty, directory);
        behind = Arrays.copyOfRange(empty, directory, empty.length);
    }

    @Override
    public List<byte[]> seeds() throws IOException {
        List<byte[]> out = new ArrayList<>();
        for (byte[] file : zip.seeds()) {
            try (var in = new ZipInputStream(new ByteArrayInputStream(file))) {
                for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                    if (entry.getName().endsWith("/data.pkl")) {
                        out.add(in.readNBytes(8192));
                    }
                }
            } catch (IOException | IllegalArgumentException damaged) {
                // One of the bad ones; the other target has it.
            }
        }
        return out;
    }

    @Override
    public void read(byte[] input) throws IOException {
        zip.read(zipped(input));
    }

    /** Put together from the parts: to write every zip anew took a sixth of the time. */
    private byte[] zipped(byte[] pickle) {
        var crc = new CRC32();
        crc.update(pickle);
        int directory = before.length + pickle.length;
        var out = ByteBuffer.allocate(directory + behind.length).order(ByteOrder.LITTLE_ENDIAN);
        out.put(before).put(pickle).put(behind);
        // The pickle is the last record: its header (30 bytes and the name) ends the first part, its entry in the
        // directory (46 bytes and the name) stands before the directory's end (22 bytes).
        int header = before.length - PICKLE_NAME.length() - 30;
        out.putInt(header + 14, (int) crc.getValue());
        out.putInt(header + 18, pickle.length).putInt(header + 22, pickle.length);
        int end = out.capacity() - 22;
        int entry = end - PICKLE_NAME.length() - 46;
        out.putInt(entry + 16, (int) crc.getValue());
        out.putInt(entry + 20, pickle.length).putInt(entry + 24, pickle.length);
        out.putInt(end + 16, directory);
        return out.array();
    }

    private static byte[] emptyPickle() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ZipOutputStream(bytes)) {
            for (int key = 0; key < 3; key++) {
                stored(out, "a/data/" + key, new byte[256]);
            }
            stored(out, PICKLE_NAME, new byte[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static int indexOf(byte[] file, int signature) {
        var bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while (bytes.getInt(at) != signature) {
            at++;
        }
        return at;
    }

    private static void stored(ZipOutputStream out, String name, byte[] data) throws IOException {
        var crc = new CRC32();
        crc.update(data);
        var entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(data.length);
        entry.setCompressedSize(data.length);
        entry.setCrc(crc.getValue());
        entry.setTimeLocal(LocalDateTime.of(2000, 1, 1, 0, 0));
        out.putNextEntry(entry);
        out.write(data);
        out.closeEntry();
    }

    @Override
    public Class<CheckpointException> refusal() {
        return zip.refusal();
    }
}
