package dev.nextstep.checkpoint;

import dev.nextstep.tensor.DataType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What stands before the data of a GGUF file.
 *
 * @param metadata keys and values in file order
 * @param entries tensors in file order
 * @param dataStart byte of the file where the data begins
 * @param end byte after the last tensor, counted from {@code dataStart}, without the filling behind it
 */
record GgufHeader(Map<String, GgufValue> metadata, Map<String, Entry> entries, long dataStart, long end) {
    /** {@code GGUF} as a little-endian number. */
    static final int MAGIC = 0x46554747;

    /** The version that is written; 2 has the same layout and is read too. */
    static final int VERSION = 3;

    /** What tensors are aligned to unless the metadata say otherwise, and always when written here. */
    static final int ALIGNMENT = 32;

    static final String ALIGNMENT_KEY = "general.alignment";

    /** Dimensions that a tensor can have in the format. */
    static final int MAX_RANK = 4;

    /** Bytes that a tensor's name can have, for llama.cpp keeps 64 with a zero at the end. */
    static final int MAX_NAME_BYTES = 63;

    GgufHeader {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    /**
     * One tensor.
     *
     * @param shape outermost dimension first, unlike in the file
     * @param begin first byte, counted from the beginning of the data
     * @param end byte after the last one
     */
    record Entry(DataType type, List<Long> shape, long begin, long end) {}

    /** The next multiple of an alignment. */
    static long aligned(long offset, long alignment) {
        return Math.addExact(offset, alignment - 1) / alignment * alignment;
    }
}
