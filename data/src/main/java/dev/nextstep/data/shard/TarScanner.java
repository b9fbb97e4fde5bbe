package dev.nextstep.data.shard;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the entries of a tar file by its headers alone. Headers that make no sense are passed over block by block until a
 * good one comes, so damage costs what it hits and no more.
 */
final class TarScanner {
    private static final int BLOCK = 512;
    private static final int WINDOW = 1 << 16;
    private static final int NAME = 100;
    private static final int PREFIX = 345;
    private static final int PREFIX_LENGTH = 155;

    /**
     * A plain file in a tar.
     *
     * @param name with directories
     * @param offset of its first byte in the tar
     * @param size bytes, all of them inside of the tar
     */
    record Entry(String name, long offset, long size) {}

    /** What was found. */
    record Found(List<Entry> entries, List<Damage> damage) {}

    private final Path file;
    private final FileChannel channel;
    private final long length;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Damage> damage = new ArrayList<>();
    private final ByteBuffer window = ByteBuffer.allocate(WINDOW);
    private long windowAt;

    private TarScanner(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        this.length = channel.size();
        this.window.limit(0);
    }

    static Found scan(Path file, FileChannel channel) throws IOException {
        return new TarScanner(file, channel).scan();
    }

    private Found scan() throws IOException {
        long at = 0;
        int zeroBlocks = 0;
        boolean lost = false;
        while (at + BLOCK <= length) {
            var header = block(at);
            if (isZero(header)) {
                zeroBlocks++;
                if (zeroBlocks == 2 && !lost) {
                    return new Found(entries, damage);
                }
                at += BLOCK;
                continue;
            }
            zeroBlocks = 0;
            long size = checksumFits(header) ? size(header) : -1;
            if (size < 0) {
                if (!lost) {
                    note(Damage.Reason.BAD_HEADER, at, "the header fails its checksum or has no size");
                }
                lost = true;
                at += BLOCK;
                continue;
            }
            lost = false;
            at += BLOCK;
            if (size > length - at) {
                note(
                        Damage.Reason.TRUNCATED,
                        at - BLOCK,
                        "entry '%s' has %d bytes, but the file ends after %d"
                                .formatted(name(header), size, length - at));
                // The size may be what is damaged: what follows is searched for headers all the same.
                lost = true;
                continue;
            }
            entry(header, at, size);
            at += (size + BLOCK - 1) / BLOCK * BLOCK;
        }
        if (!lost) {
            note(Damage.Reason.TRUNCATED, length, "the file ends without the two empty blocks that end a tar");
        }
        return new Found(entries, damage);
    }

    private void entry(byte[] header, long at, long size) {
        int type = header[156];
        String name = name(header);
        if (type == '0' || type == 0) {
            if (name.endsWith("/")) {
                return; // an old way to write a directory
            }
            entries.add(new Entry(name, at, size));
        } else if (type != '5') {
            note(
                    Damage.Reason.IGNORED_ENTRY,
                    at - BLOCK,
                    "entry '%s' is of type '%s'; only plain files are read".formatted(name, (char) (type & 255)));
        }
    }

    private void note(Damage.Reason reason, long at, String detail) {
        damage.add(new Damage(reason, file, "at byte " + at, detail));
    }

    private byte[] block(long at) throws IOException {
        if (at < windowAt || at + BLOCK > windowAt + window.limit()) {
            window.clear();
            windowAt = at;
            int read = 1;
            while (window.hasRemaining() && read > 0) {
                read = channel.read(window, windowAt + window.position());
            }
            window.flip();
        }
        var block = new byte[BLOCK];
        int from = (int) (at - windowAt);
        if (from + BLOCK <= window.limit()) {
            window.get(from, block);
        } // else the file was cut meanwhile: an empty block
        return block;
    }

    private static boolean isZero(byte[] block) {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean checksumFits(byte[] header) {
        long stated = octal(header, 148, 8);
        long sum = 0;
        long signed = 0; // what some old programs wrote
        for (int i = 0; i < BLOCK; i++) {
            boolean own = i >= 148 && i < 156;
            sum += own ? ' ' : header[i] & 255;
            signed += own ? ' ' : header[i];
        }
        return stated == sum || stated == signed;
    }

    /** Size of the entry, or −1 if it is none: of sizes beyond 8 GiB, which plain tar lacks, no use is made. */
    private static long size(byte[] header) {
        return octal(header, 124, 12);
    }

    /** An octal number, or −1. */
    private static long octal(byte[] header, int from, int length) {
        long value = 0;
        boolean any = false;
        for (int i = from; i < from + length; i++) {
            int c = header[i];
            if (c >= '0' && c <= '7') {
                value = value * 8 + (c - '0');
                any = true;
            } else if (c == 0 || (c == ' ' && any)) {
                break;
            } else if (c != ' ') {
                return -1;
            }
        }
        return any ? value : -1;
    }

    private static String name(byte[] header) {
        String name = text(header, 0, NAME);
        boolean ustar = header[257] == 'u' && header[258] == 's' && header[259] == 't';
        String prefix = ustar ? text(header, PREFIX, PREFIX_LENGTH) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private static String text(byte[] header, int from, int length) {
        int end = from;
        while (end < from + length && header[end] != 0) {
            end++;
        }
        return new String(header, from, end - from, StandardCharsets.UTF_8);
    }
}
