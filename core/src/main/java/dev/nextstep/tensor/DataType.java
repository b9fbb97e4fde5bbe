package dev.nextstep.tensor;

/** Element type of a stored tensor, named as in safetensors files. All multi-byte types are little-endian. */
public enum DataType {
    BOOL(1),
    U8(1),
    I8(1),
    F8_E4M3(1),
    F8_E5M2(1),
    I16(2),
    U16(2),
    F16(2),
    BF16(2),
    I32(4),
    U32(4),
    F32(4),
    I64(8),
    U64(8),
    F64(8);

    private final int bytes;

    DataType(int bytes) {
        this.bytes = bytes;
    }

    /** Size of one element in bytes. */
    public int bytes() {
        return bytes;
    }

    /** Whether this is one of the types that weights are computed from: F32, F16, BF16. */
    public boolean isWeight() {
        return this == F32 || this == F16 || this == BF16;
    }
}
