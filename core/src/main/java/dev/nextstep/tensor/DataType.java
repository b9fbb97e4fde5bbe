package dev.nextstep.tensor;

/**
 * Element type of a stored tensor. All multi-byte values are little-endian.
 *
 * <p>The plain types are named as in safetensors files and have a size per element. The last three are llama.cpp's block
 * formats, named as there: a run of consecutive elements of a row shares scales ({@link QuantizedBlocks}), so only whole
 * blocks have a size.
 */
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
    F64(8),
    /** 32 elements: fp16 scale, 32 signed bytes. 8.5 bits per element. */
    Q8_0(32, 34),
    /** 32 elements: fp16 scale, 16 bytes of nibbles. 4.5 bits per element. */
    Q4_0(32, 18),
    /** 256 elements: fp16 scale and fp16 offset of eight 6-bit scales and offsets, 128 bytes of nibbles. 4.5 bits. */
    Q4_K(256, 144);

    private final int blockElements;
    private final int blockBytes;

    DataType(int bytes) {
        this(1, bytes);
    }

    DataType(int blockElements, int blockBytes) {
        this.blockElements = blockElements;
        this.blockBytes = blockBytes;
    }

    /**
     * Size of one element in bytes.
     *
     * @throws IllegalStateException for a block format, whose elements have none; see {@link #bytes(long)}
     */
    public int bytes() {
        if (isBlocks()) {
            throw new IllegalStateException("an element of " + this + " has no size of its own");
        }
        return blockBytes;
    }

    /**
     * Size of that many consecutive elements in bytes.
     *
     * @param elements ≥ 0, a multiple of {@link #blockElements()}
     * @throws IllegalArgumentException if it is not one
     * @throws ArithmeticException if the size exceeds 2⁶³ − 1
     */
    public long bytes(long elements) {
        if (elements < 0 || elements % blockElements != 0) {
            throw new IllegalArgumentException("%s comes in blocks of %d elements, so there cannot be %d of them"
                    .formatted(this, blockElements, elements));
        }
        return Math.multiplyExact(elements / blockElements, (long) blockBytes);
    }

    /** Elements that share a block; 1 for plain types. */
    public int blockElements() {
        return blockElements;
    }

    /** Bytes of a block; those of an element for plain types. */
    public int blockBytes() {
        return blockBytes;
    }

    /** Whether elements come in blocks with common scales. */
    public boolean isBlocks() {
        return blockElements > 1;
    }

    /** Whether this is one of the types that weights are computed from: F32, F16, BF16 and the block formats. */
    public boolean isWeight() {
        return this == F32 || this == F16 || this == BF16 || isBlocks();
    }
}
