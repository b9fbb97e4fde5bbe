package dev.nextstep.fuzz;

import dev.nextstep.checkpoint.CheckpointException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** The pickle inside an intact zip, which check sums would otherwise shield from the fuzzer. */
final class TorchPickleFuzz implements FuzzTarget {
    private static final byte[] STORAGE = new byte[256];

    private final TorchZipFuzz zip = new TorchZipFuzz();

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
        var bytes = new ByteArrayOutputStream();
        try (var out = new ZipOutputStream(bytes)) {
            stored(out, "a/data.pkl", input);
            for (int key = 0; key < 3; key++) {
                stored(out, "a/data/" + key, STORAGE);
            }
        }
        zip.read(bytes.toByteArray());
    }

    private static void stored(ZipOutputStream out, String name, byte[] data) throws IOException {
        var crc = new CRC32();
        crc.update(data);
        var entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(data.length);
        entry.setCompressedSize(data.length);
        entry.setCrc(crc.getValue());
        entry.setTime(0);
        out.putNextEntry(entry);
        out.write(data);
        out.closeEntry();
    }

    @Override
    public Class<CheckpointException> refusal() {
        return zip.refusal();
    }
}
