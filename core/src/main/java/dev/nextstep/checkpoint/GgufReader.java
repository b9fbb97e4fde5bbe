package dev.nextstep.checkpoint;

import dev.nextstep.tensor.DataType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One pass over the header of a GGUF file. Nothing in it is believed before it is compared with what is left of the file,
 * so neither time nor memory exceed a small multiple of the header's own size.
 */
final class GgufReader {
    private static final ValueLayout.OfShort I16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt I32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong I64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** Longest text that is kept, 16 MiB. */
    private static final long MAX_TEXT = 16 << 20;

    private static final long MAX_KEY = 0xffff;
    private static final int MAX_DEPTH = 4;
    private static final int MAX_ALIGNMENT = 1 << 20;

    /** Least bytes of a key with its value, of a tensor's description, of a string, of an array. */
    private static final long LEAST_PAIR = 8 + 1 + 4 + 1;

    private static final long LEAST_TENSOR = 8 + 1 + 4 + 4 + 8;
    private static final long LEAST_STRING = 8;
    private static final long LEAST_ARRAY = 4 + 8;

    private final Path file;
    private final MemorySegment all;
    private long at;

    private GgufReader(Path file, MemorySegment all) {
        this.file = file;
        this.all = all;
    }

    /**
     * Reads the header.
     *
     * @throws CheckpointException if it breaks a rule of the format, or holds tensors of a type that is not supported
     */
    static GgufHeader read(Path file, MemorySegment all) {
        return new GgufReader(file, all).header();
    }

    private GgufHeader header() {
        ForeignFile.describe(all).ifPresent(what -> {
            throw refused(what);
        });
        if (int32("its first bytes") != GgufHeader.MAGIC) {
            throw refused("does not begin with 'GGUF': not a GGUF file");
        }
        int version = int32("version");
        if (version != 2 && version != GgufHeader.VERSION) {
            throw refused(
                    Integer.reverseBytes(version) >>> 16 == 0
                            ? "is a big-endian GGUF file; only little-endian ones are read"
                            : "has version %s of the format, expected 2 or 3"
                                    .formatted(Integer.toUnsignedString(version)));
        }
        long tensors = int64("number of tensors");
        long pairs = count("number of metadata keys", LEAST_PAIR);
        var metadata = new LinkedHashMap<String, GgufValue>();
        for (long i = 0; i < pairs; i++) {
            String key = text("metadata key", 1, MAX_KEY);
            String where = "metadata key '" + CheckpointException.quote(key) + "'";
            if (metadata.put(key, value(where, int32(where), 0)) != null) {
                throw refused(where + " occurs twice");
            }
        }
        return withTensors(metadata, checkedCount("number of tensors", tensors, LEAST_TENSOR));
    }

    private GgufHeader withTensors(Map<String, GgufValue> metadata, long count) {
        long alignment = alignment(metadata);
        var entries = new LinkedHashMap<String, GgufHeader.Entry>();
        long end = 0;
        for (long i = 0; i < count; i++) {
            String name = text("tensor name", 1, MAX_KEY);
            String where = "tensor '" + CheckpointException.quote(name) + "'";
            var entry = entry(where, GgufHeader.aligned(end, alignment));
            if (entries.put(name, entry) != null) {
                throw refused(where + " occurs twice");
            }
            end = entry.end();
        }
        long dataStart = GgufHeader.aligned(at, alignment);
        // A file without tensors may end with its header, and the filling behind the last tensor may be missing.
        long data = Math.max(0, all.byteSize() - dataStart);
        if (data < end || data > GgufHeader.aligned(end, alignment)) {
            throw refused("tensors cover %d bytes of data but the file has %d: %s"
                    .formatted(end, data, data < end ? "it is truncated" : "it has surplus bytes"));
        }
        return new GgufHeader(metadata, entries, dataStart, end);
    }

    private long alignment(Map<String, GgufValue> metadata) {
        var given = metadata.get(GgufHeader.ALIGNMENT_KEY);
        if (given == null) {
            return GgufHeader.ALIGNMENT;
        }
        if (!(given instanceof GgufValue.Whole(long value))
                || value < 8
                || value > MAX_ALIGNMENT
                || Long.bitCount(value) != 1) {
            throw refused("metadata key '%s' is %s, expected a power of two from 8 to %d"
                    .formatted(GgufHeader.ALIGNMENT_KEY, CheckpointException.quote(given.toString()), MAX_ALIGNMENT));
        }
        return value;
    }

    private GgufHeader.Entry entry(String where, long begin) {
        int rank = int32(where + " number of dimensions");
        if (rank < 0 || rank > GgufHeader.MAX_RANK) {
            throw refused("%s has %s dimensions, expected 0 to %d"
                    .formatted(where, Integer.toUnsignedString(rank), GgufHeader.MAX_RANK));
        }
        var shape = new ArrayList<Long>();
        for (int i = 0; i < rank; i++) {
            long dimension = int64(where + " dimension");
            if (dimension < 0) {
                throw refused(where + " has a dimension of more than 2^63 - 1");
            }
            shape.addFirst(dimension); // the file begins with the innermost
        }
        int id = int32(where + " type");
        var type = GgufTypes.tensorType(id)
                .orElseThrow(
                        () -> refused("%s has type %s, but only F32, F16, BF16, Q8_0, Q4_0 and Q4_K are computed with"
                                .formatted(where, GgufTypes.tensorName(id))));
        long offset = int64(where + " offset");
        if (offset != begin) {
            throw refused("%s begins at %s, expected %d: the file has a hole or overlap"
                    .formatted(where, Long.toUnsignedString(offset), begin));
        }
        long bytes = bytes(where, type, shape);
        if (bytes > all.byteSize() - begin) {
            throw refused("%s needs %d bytes from byte %d of the data on, the whole file has %d: it is truncated"
                    .formatted(where, bytes, begin, all.byteSize()));
        }
        return new GgufHeader.Entry(type, List.copyOf(shape), begin, begin + bytes);
    }

    private long bytes(String where, DataType type, List<Long> shape) {
        long row = shape.isEmpty() ? 1 : shape.getLast();
        if (row % type.blockElements() != 0) {
            throw refused("%s has rows of %d elements, which %s blocks of %d do not divide"
                    .formatted(where, row, type, type.blockElements()));
        }
        try {
            long elements = 1;
            for (long dimension : shape) {
                elements = Math.multiplyExact(elements, dimension);
            }
            return type.bytes(elements);
        } catch (ArithmeticException e) {
            throw refused(where + " has a shape of more than 2^63 bytes");
        }
    }

    private GgufValue value(String where, int type, int depth) {
        return switch (type) {
            case GgufTypes.UINT8 -> new GgufValue.Whole(int8(where) & 0xff);
            case GgufTypes.INT8 -> new GgufValue.Whole(int8(where));
            case GgufTypes.UINT16 -> new GgufValue.Whole(int16(where) & 0xffff);
            case GgufTypes.INT16 -> new GgufValue.Whole(int16(where));
            case GgufTypes.UINT32 -> new GgufValue.Whole(Integer.toUnsignedLong(int32(where)));
            case GgufTypes.INT32 -> new GgufValue.Whole(int32(where));
            case GgufTypes.FLOAT32 -> new GgufValue.Real(Float.intBitsToFloat(int32(where)));
            case GgufTypes.BOOL -> new GgufValue.Flag(flag(where));
            case GgufTypes.STRING -> new GgufValue.Text(text(where, 0, MAX_TEXT));
            case GgufTypes.ARRAY -> array(where, depth);
            case GgufTypes.UINT64 -> {
                long value = int64(where);
                if (value < 0) {
                    throw refused(where + " is more than 2^63 - 1");
                }
                yield new GgufValue.Whole(value);
            }
            case GgufTypes.INT64 -> new GgufValue.Whole(int64(where));
            case GgufTypes.FLOAT64 -> new GgufValue.Real(Double.longBitsToDouble(int64(where)));
            default -> throw refused("%s has the unknown type %s".formatted(where, Integer.toUnsignedString(type)));
        };
    }

    private GgufValue array(String where, int depth) {
        if (depth == MAX_DEPTH) {
            throw refused("%s nests arrays more than %d deep".formatted(where, MAX_DEPTH));
        }
        int type = int32(where);
        String name = GgufTypes.valueName(type)
                .orElseThrow(() -> refused(
                        "%s has elements of the unknown type %s".formatted(where, Integer.toUnsignedString(type))));
        int size = GgufTypes.valueBytes(type);
        long least = size > 0 ? size : type == GgufTypes.STRING ? LEAST_STRING : LEAST_ARRAY;
        long length = count(where + " length", least);
        if (size > 0 && type != GgufTypes.BOOL) {
            at += length * size;
        } else {
            for (long i = 0; i < length; i++) {
                skip(where, type, depth + 1);
            }
        }
        return new GgufValue.Sequence(name, length);
    }

    private void skip(String where, int type, int depth) {
        if (type == GgufTypes.STRING) {
            long length = count(where + " length of a string", 1); // first, for it moves on too
            at += length;
        } else if (type == GgufTypes.ARRAY) {
            array(where, depth);
        } else {
            flag(where);
        }
    }

    private boolean flag(String where) {
        byte value = int8(where);
        if (value != 0 && value != 1) {
            throw refused("%s is %d, expected 0 or 1 for a truth value".formatted(where, value & 0xff));
        }
        return value == 1;
    }

    private String text(String where, long least, long most) {
        long length = count(where + " length", 1);
        if (length < least || length > most) {
            throw refused("%s has %d bytes, expected %d to %d".formatted(where, length, least, most));
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(all.asSlice(at, length).asByteBuffer())
                    .toString();
            at += length;
            return text;
        } catch (CharacterCodingException e) {
            throw refused(where + " is not valid UTF-8");
        }
    }

    // A number of things that each take at least so many bytes of what is left.
    private long count(String where, long leastBytes) {
        return checkedCount(where, int64(where), leastBytes);
    }

    private long checkedCount(String where, long count, long leastBytes) {
        long most = (all.byteSize() - at) / leastBytes;
        if (count < 0 || count > most) {
            throw refused("%s is %s, but the rest of the file has room for %d: it is damaged or truncated"
                    .formatted(where, Long.toUnsignedString(count), most));
        }
        return count;
    }

    private byte int8(String where) {
        return all.get(ValueLayout.JAVA_BYTE, step(where, 1));
    }

    private short int16(String where) {
        return all.get(I16, step(where, 2));
    }

    private int int32(String where) {
        return all.get(I32, step(where, 4));
    }

    private long int64(String where) {
        return all.get(I64, step(where, 8));
    }

    private long step(String where, int bytes) {
        if (all.byteSize() - at < bytes) {
            throw refused("ends in the middle of its header (" + where + "): it is truncated");
        }
        long before = at;
        at += bytes;
        return before;
    }

    private CheckpointException refused(String reason) {
        return CheckpointException.of(file, reason);
    }
}
