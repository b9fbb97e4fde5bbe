package dev.nextstep.data.shard;

import dev.nextstep.data.DataJson;
import dev.nextstep.data.EncodedPicture;
import dev.nextstep.data.Sample;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.zip.Adler32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** One shard while it is written. The same samples give the same bytes: no times, no owners. */
final class ShardFile implements AutoCloseable {
    private final FileChannel channel;
    private final Counting counting;
    private final TarArchiveOutputStream tar;
    private int samples;

    ShardFile(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        counting = new Counting(new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16));
        tar = new TarArchiveOutputStream(counting, "UTF-8");
        // Readers of the format do not know the extensions for what does not fit.
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_ERROR);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_ERROR);
    }

    int samples() {
        return samples;
    }

    long bytes() {
        return counting.bytes;
    }

    long checksum() {
        return counting.sum.getValue();
    }

    void add(Sample sample) throws IOException {
        var json = new LinkedHashMap<String, Object>(sample.fields());
        // A caption with variants stays as it was given: a list or a map of texts.
        json.putIfAbsent("caption", sample.caption());
        entry(sample.key() + ".json", DataJson.line(json));
        for (int i = 0; i < sample.pictures().size(); i++) {
            // The official reader numbers pictures per ending, so one sample has one ending; readers go by content.
            EncodedPicture first = sample.pictures().getFirst();
            entry(
                    "%s-%d.%s".formatted(sample.key(), i, first.extension()),
                    sample.pictures().get(i).bytes());
        }
        samples++;
    }

    private void entry(String name, byte[] content) throws IOException {
        var entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        entry.setModTime(0L);
        entry.setMode(0644);
        entry.setIds(0, 0);
        entry.setNames("", "");
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    /** Writes the end of the archive and forces it to disk. */
    void finish() throws IOException {
        tar.finish();
        counting.flush(); // the tar stream writes whole blocks, but does not hand a flush on
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static final class Counting extends FilterOutputStream {
        private final Adler32 sum = new Adler32();
        private long bytes;

        Counting(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            sum.update(b);
            bytes++;
        }

        @Override
        public void write(byte[] b, int from, int n) throws IOException {
            out.write(b, from, n);
            sum.update(b, from, n);
            bytes += n;
        }
    }
}
