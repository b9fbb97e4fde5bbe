package dev.nextstep.transformer;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * How keys and values are stored between passes. Attention computes in fp32 whatever the type; the stated error is that of
 * one stored number.
 */
public enum KvType {
    /** 4 bytes, exact. */
    FP32("fp32"),
    /** 2 bytes; relative error of a number at most 2⁻⁸ (0.4 %). Exact in {@code REFERENCE_BF16}, which rounds anyway. */
    BF16("bf16"),
    /**
     * 1 byte, and 4 for each vector of a head; error of a number at most 1/254 (0.4 %) of the largest one in its vector.
     */
    Q8("q8");

    private final String id;

    KvType(String id) {
        this.id = id;
    }

    /** The name in recipes and on the command line. */
    public String id() {
        return id;
    }

    /**
     * The type of that name.
     *
     * @throws IllegalArgumentException listing the names
     */
    public static KvType of(String id) {
        return Arrays.stream(values())
                .filter(type -> type.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown type '%s' of keys and values; there are %s"
                        .formatted(id, Arrays.stream(values()).map(KvType::id).collect(Collectors.joining(", ")))));
    }

    /** Bytes of a key or value of one head. */
    int bytes(int headDim, int stride) {
        return switch (this) {
            case FP32 -> stride * Float.BYTES;
            case BF16 -> headDim * Short.BYTES;
            case Q8 -> headDim + Float.BYTES;
        };
    }
}
