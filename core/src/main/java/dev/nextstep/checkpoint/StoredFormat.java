package dev.nextstep.checkpoint;

import dev.nextstep.tensor.DataType;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a matrix becomes in {@code model.gguf}. */
public enum StoredFormat {
    /** The type that it has. */
    SAME,
    /** 16 bits: fp16 from fp32, and what has 16 bits already stays as it is. */
    HALF,
    FP32,
    FP16,
    BF16,
    /** 8.5 bits per weight; see {@link DataType#Q8_0}. */
    Q8_0,
    /** 4.5 bits per weight; see {@link DataType#Q4_0}. */
    Q4_0,
    /** 4.5 bits per weight, with smaller error than {@link #Q4_0}; see {@link DataType#Q4_K}. */
    Q4_K;

    /** The name that people type, such as {@code q4_k}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The format of that name. */
    public static Optional<StoredFormat> named(String id) {
        return Arrays.stream(values()).filter(f -> f.id().equals(id)).findFirst();
    }

    /** Whether weights share scales in blocks. */
    public boolean isBlocks() {
        return this == Q8_0 || this == Q4_0 || this == Q4_K;
    }

    /**
     * The type that a matrix gets. Rows that blocks of the format do not divide take the next finer one: {@link #Q8_0}
     * instead of {@link #Q4_K}, {@link #HALF} instead of the others.
     *
     * @param type what it has
     * @param rowLength elements of a row
     */
    DataType of(DataType type, long rowLength) {
        return switch (this) {
            case SAME -> type;
            case HALF -> type == DataType.BF16 ? DataType.BF16 : DataType.F16;
            case FP32 -> DataType.F32;
            case FP16 -> DataType.F16;
            case BF16 -> DataType.BF16;
            case Q8_0 -> blocks(DataType.Q8_0, HALF, type, rowLength);
            case Q4_0 -> blocks(DataType.Q4_0, HALF, type, rowLength);
            case Q4_K -> blocks(DataType.Q4_K, Q8_0, type, rowLength);
        };
    }

    private static DataType blocks(DataType blocks, StoredFormat otherwise, DataType type, long rowLength) {
        return rowLength % blocks.blockElements() == 0 ? blocks : otherwise.of(type, rowLength);
    }
}
