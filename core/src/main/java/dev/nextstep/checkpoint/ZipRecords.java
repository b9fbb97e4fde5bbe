package dev.nextstep.checkpoint;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * The records of a mapped zip file, for PyTorch checkpoints. Stored records are slices of the mapping. Stricter than
 * zip tools: central directory and local headers must agree, records must not overlap, no name may occur twice or leave
 * the archive, and a record that would inflate to much more than it occupies is refused before it is inflated.
 */
final class ZipRecords {
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong I64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final int LOCAL = 0x04034b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int END = 0x06054b50;
    private static final int END_64 = 0x06064b50;
    private static final int LOCATOR_64 = 0x07064b50;
    private static final int LOCAL_BYTES = 30;
    private static final int CENTRAL_BYTES = 46;
    private static final int END_BYTES = 22;
    private static final int END_64_BYTES = 56;
    private static final int LOCATOR_64_BYTES = 20;
    private static final int MAX_COMMENT = 0xffff;
    private static final int ENCRYPTED = 1;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;

    /** Weights hardly compress and pickles compress about tenfold; a record beyond this is a bomb. */
    private static final long MAX_RATIO = 50;

    private static final long SMALL = 4096;

    private final Path file;
    private final MemorySegment zip;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private record Entry(String name, int method, int crc, long start, long dataStart, long packed, long size) {}

    private record Directory(long start, long end, long entries) {}

    /**
     * Reads the central directory and checks every local header.
     *
     * @throws CheckpointException if the file is not a well-formed zip
     */
    ZipRecords(Path file, MemorySegment zip) {
        this.file = file;
        this.zip = zip;
        if (zip.byteSize() < END_BYTES) {
            throw refused("is too short for a zip file: truncated");
        }
        int first = zip.get(U32, 0);
        if (first != LOCAL && first != END) {
            throw refused("does not begin like a zip file");
        }
        var directory = directory();
        long at = directory.start();
        for (long i = 0; i < directory.entries(); i++) {
            at = readEntry(at, directory);
        }
        if (at != directory.end()) {
            throw refused("zip directory does not end where it should: damaged");
        }
        checkOverlap(directory.start());
    }

    private CheckpointException refused(String reason) {
        return CheckpointException.of(file, reason);
    }

    private int u16(long at) {
        return zip.get(U16, at) & 0xffff;
    }

    private long u32(long at) {
        return zip.get(U32, at) & 0xffff_ffffL;
    }

    private Directory directory() {
        long end = findEnd();
        long entries = u16(end + 10);
        long size = u32(end + 12);
        long start = u32(end + 16);
        if (u16(end + 4) != 0 || u16(end + 6) != 0 || u16(end + 8) != entries) {
            throw refused("is a part of a zip file in several parts, or damaged");
        }
        long directoryEnd = end;
        long locator = end - LOCATOR_64_BYTES;
        if (locator >= 0 && zip.get(U32, locator) == LOCATOR_64) {
            long end64 = zip.get(I64, locator + 8);
            if (end64 < 0 || end64 > locator - END_64_BYTES || zip.get(U32, end64) != END_64) {
                throw refused("zip64 end record is missing: damaged");
            }
            directoryEnd = end64;
            entries = entries == 0xffff ? zip.get(I64, end64 + 32) : entries;
            size = size == 0xffff_ffffL ? zip.get(I64, end64 + 40) : size;
            start = start == 0xffff_ffffL ? zip.get(I64, end64 + 48) : start;
        }
        if (start < 0 || size < 0 || start > directoryEnd || size != directoryEnd - start) {
            throw refused("zip directory lies outside the file: truncated or damaged");
        }
        if (entries < 0 || entries > size / CENTRAL_BYTES) {
            throw refused("zip file claims %d records, more than its directory can hold".formatted(entries));
        }
        return new Directory(start, directoryEnd, entries);
    }

    private long findEnd() {
        long last = zip.byteSize() - END_BYTES;
        for (long at = last; at >= Math.max(0, last - MAX_COMMENT); at--) {
            if (zip.get(U32, at) == END && at + END_BYTES + u16(at + 20) == zip.byteSize()) {
                return at;
            }
        }
        throw refused("has no zip end record: truncated or damaged");
    }

    private long readEntry(long at, Directory directory) {
        if (at > directory.end() - CENTRAL_BYTES || zip.get(U32, at) != CENTRAL) {
            throw refused("zip directory is damaged at byte " + at);
        }
        int nameBytes = u16(at + 28);
        int extraBytes = u16(at + 30);
        long next = at + CENTRAL_BYTES + nameBytes + extraBytes + u16(at + 32);
        if (next > directory.end()) {
            throw refused("zip directory is damaged at byte " + at);
        }
        String name = name(at + CENTRAL_BYTES, nameBytes);
        String where = "zip record '" + CheckpointException.quote(name) + "' ";
        long[] large = {u32(at + 24), u32(at + 20), u32(at + 42)}; // size, packed, offset: the order of zip64 fields
        readZip64(at + CENTRAL_BYTES + nameBytes, extraBytes, large, where);
        int method = u16(at + 10);
        if ((u16(at + 8) & ENCRYPTED) != 0) {
            throw refused(where + "is encrypted");
        }
        if (method != STORED && method != DEFLATED) {
            throw refused(where + "is compressed by the unknown method " + method);
        }
        if (method == STORED && large[0] != large[1]) {
            throw refused(where + "is stored but has two sizes");
        }
        long dataStart = dataStart(at, large[2], nameBytes, directory.start(), where);
        if (large[1] < 0 || large[0] < 0 || large[1] > directory.start() - dataStart) {
            throw refused(where + "claims %d bytes, beyond the end of the file".formatted(large[1]));
        }
        var entry = new Entry(name, method, zip.get(U32, at + 16), large[2], dataStart, large[1], large[0]);
        if (entries.put(name, entry) != null) {
            throw refused(where + "occurs twice");
        }
        return next;
    }

    private String name(long at, int bytes) {
        String name;
        try {
            var buffer = zip.asSlice(at, bytes).asByteBuffer();
            name = StandardCharsets.UTF_8.newDecoder().decode(buffer).toString();
        } catch (CharacterCodingException e) {
            throw refused("zip record name at byte " + at + " is not UTF-8");
        }
        boolean leaves = name.isEmpty()
                || name.startsWith("/")
                || name.chars().anyMatch(c -> c == '\\' || c == ':' || Character.isISOControl(c))
                || List.of(name.split("/", -1)).contains("..");
        if (leaves) {
            throw refused("zip record '" + CheckpointException.quote(name) + "' has a name that leaves the archive");
        }
        return name;
    }

    /** Replaces the saturated ones of three 32-bit fields by their 64-bit values. */
    private void readZip64(long at, int bytes, long[] fields, String where) {
        long end = at + bytes;
        for (long field = at; field + 4 <= end; field += 4 + u16(field + 2)) {
            if (u16(field) != 1) {
                continue;
            }
            long value = field + 4;
            long valuesEnd = Math.min(end, value + u16(field + 2));
            for (int i = 0; i < fields.length; i++) {
                if (fields[i] == 0xffff_ffffL) {
                    if (value + 8 > valuesEnd) {
                        throw refused(where + "has a damaged zip64 field");
                    }
                    fields[i] = zip.get(I64, value);
                    value += 8;
                }
            }
            return;
        }
    }

    private long dataStart(long central, long local, int nameBytes, long directoryStart, String where) {
        if (local < 0 || local > directoryStart - LOCAL_BYTES || zip.get(U32, local) != LOCAL) {
            throw refused(where + "is not where the directory says: truncated or damaged");
        }
        long dataStart = local + LOCAL_BYTES + u16(local + 26) + u16(local + 28);
        boolean agrees = u16(local + 26) == nameBytes
                && u16(local + 8) == u16(central + 10)
                && dataStart <= directoryStart
                && zip.asSlice(local + LOCAL_BYTES, nameBytes).mismatch(zip.asSlice(central + CENTRAL_BYTES, nameBytes))
                        == -1;
        if (!agrees) {
            throw refused(where + "has a local header that disagrees with the directory");
        }
        return dataStart;
    }

    private void checkOverlap(long directoryStart) {
        var inOrder = new ArrayList<>(entries.values());
        inOrder.sort(Comparator.comparingLong(Entry::start));
        for (int i = 0; i < inOrder.size(); i++) {
            var entry = inOrder.get(i);
            long limit = i + 1 < inOrder.size() ? inOrder.get(i + 1).start() : directoryStart;
            if (entry.dataStart() + entry.packed() > limit) {
                throw refused("zip record '" + CheckpointException.quote(entry.name()) + "' overlaps the next one");
            }
        }
    }

    /** All names, in directory order. */
    Set<String> names() {
        return entries.keySet();
    }

    /**
     * The content of a record, checked against its CRC-32: a slice of the file if stored, else inflated into the arena.
     *
     * @throws CheckpointException if there is no such record, or it is damaged or a bomb
     */
    MemorySegment read(String name, Arena arena) {
        @Nullable Entry entry = entries.get(name);
        if (entry == null) {
            throw refused("zip record '" + CheckpointException.quote(name) + "' is missing");
        }
        var packed = zip.asSlice(entry.dataStart(), entry.packed());
        var content = entry.method() == STORED ? packed : inflate(entry, packed, arena);
        if (crc(content) != entry.crc()) {
            throw refused("zip record '" + CheckpointException.quote(name) + "' fails its checksum: damaged");
        }
        return content;
    }

    private MemorySegment inflate(Entry entry, MemorySegment packed, Arena arena) {
        String where = "zip record '" + CheckpointException.quote(entry.name()) + "' ";
        if (entry.size() > Math.max(SMALL, entry.packed() * MAX_RATIO)) {
            throw refused(where
                    + "would inflate from %d to %d bytes, more than %d-fold: refused as a zip bomb"
                            .formatted(entry.packed(), entry.size(), MAX_RATIO));
        }
        if (Math.max(entry.size(), entry.packed()) > Integer.MAX_VALUE) {
            throw refused(where + "is compressed and larger than 2 GiB; save it uncompressed");
        }
        var content = arena.allocate(entry.size());
        try (var inflater = new Inflater(true)) {
            inflater.setInput(packed.asByteBuffer());
            var target = content.asByteBuffer();
            while (target.hasRemaining() && inflater.inflate(target) > 0) {
                // Goes on until full or out of input.
            }
            // Something of the stream is left when it holds more than was declared; one byte of room tells.
            boolean whole = !target.hasRemaining() && (inflater.finished() || inflater.inflate(new byte[1]) == 0);
            if (!whole) {
                throw refused(where + "does not inflate to the %d bytes it claims: damaged".formatted(entry.size()));
            }
        } catch (DataFormatException e) {
            throw CheckpointException.of(file, where + "is not valid deflate data: damaged", e);
        }
        return content;
    }

    private static int crc(MemorySegment content) {
        var crc = new CRC32();
        long step = 1 << 30;
        for (long at = 0; at < content.byteSize(); at += step) {
            crc.update(
                    content.asSlice(at, Math.min(step, content.byteSize() - at)).asByteBuffer());
        }
        return (int) crc.getValue();
    }
}
