package dev.nextstep.checkpoint;

import dev.nextstep.tensor.DataType;
import java.util.List;
import java.util.Optional;

/** The numbers by which GGUF files name types of values and of tensors. */
final class GgufTypes {
    static final int UINT8 = 0;
    static final int INT8 = 1;
    static final int UINT16 = 2;
    static final int INT16 = 3;
    static final int UINT32 = 4;
    static final int INT32 = 5;
    static final int FLOAT32 = 6;
    static final int BOOL = 7;
    static final int STRING = 8;
    static final int ARRAY = 9;
    static final int UINT64 = 10;
    static final int INT64 = 11;
    static final int FLOAT64 = 12;

    private static final List<String> VALUES = List.of(
            "uint8", "int8", "uint16", "int16", "uint32", "int32", "float32", "bool", "string", "array", "uint64",
            "int64", "float64");

    // Formats that others write and this program does not compute with; the numbers between are retired.
    private static final List<String> TENSORS = List.of(
            "F32", "F16", "Q4_0", "Q4_1", "", "", "Q5_0", "Q5_1", "Q8_0", "Q8_1", "Q2_K", "Q3_K", "Q4_K", "Q5_K",
            "Q6_K", "Q8_K", "IQ2_XXS", "IQ2_XS", "IQ3_XXS", "IQ1_S", "IQ4_NL", "IQ3_S", "IQ2_S", "IQ4_XS", "I8", "I16",
            "I32", "I64", "F64", "IQ1_M", "BF16");
    private static final List<DataType> SUPPORTED =
            List.of(DataType.F32, DataType.F16, DataType.BF16, DataType.Q8_0, DataType.Q4_0, DataType.Q4_K);

    private GgufTypes() {}

    /** The name of a type of metadata values, if there is one of that number. */
    static Optional<String> valueName(int id) {
        return id >= 0 && id < VALUES.size() ? Optional.of(VALUES.get(id)) : Optional.empty();
    }

    /** Bytes of a value; 0 for strings and arrays, whose size is in the file. */
    static int valueBytes(int id) {
        return switch (id) {
            case UINT8, INT8, BOOL -> 1;
            case UINT16, INT16 -> 2;
            case UINT32, INT32, FLOAT32 -> 4;
            case UINT64, INT64, FLOAT64 -> 8;
            default -> 0;
        };
    }

    /** The tensor type of that number, if it is one that weights are computed from. */
    static Optional<DataType> tensorType(int id) {
        return SUPPORTED.stream().filter(type -> tensorId(type) == id).findFirst();
    }

    /** What a tensor type that is not supported is called. */
    static String tensorName(int id) {
        boolean known = id >= 0 && id < TENSORS.size() && !TENSORS.get(id).isEmpty();
        return known ? TENSORS.get(id) : "number " + Integer.toUnsignedString(id);
    }

    /**
     * The number of a tensor type.
     *
     * @throws IllegalArgumentException if weights are not computed from it
     */
    static int tensorId(DataType type) {
        if (!SUPPORTED.contains(type)) {
            throw new IllegalArgumentException("GGUF files are not written with tensors of type " + type);
        }
        return TENSORS.indexOf(type.name());
    }
}
