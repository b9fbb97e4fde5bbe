package dev.nextstep.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector width of this machine, and sums that do not depend on it.
 *
 * <p>A dot product is always kept as {@value #LOGICAL} partial sums (element k goes to partial sum k mod 16) that are
 * folded by halves: 16 → 8 → 4 → 2 → 1. With 512-bit vectors that is one register, with narrower ones two or four, and
 * the bits of the result are the same. {@code reduceLanes} is never used for floats: its order is unspecified, and the
 * interpreter's differs from the compiler's.
 */
public final class Lanes {
    /** Partial sums of every dot product. */
    public static final int LOGICAL = 16;

    /**
     * The widest float species of this machine, at most 512 bits. The property {@code nextstep.vectorBits} (128, 256 or
     * 512) forces another one, so that tests cover all widths on one machine.
     */
    public static final VectorSpecies<Float> SPECIES = choose();

    /** Floats per vector: 4, 8 or 16. */
    public static final int LENGTH = SPECIES.length();

    // Fold steps for the species: step d adds lane i and lane i ^ d, for d = LENGTH/2 … 1.
    private static final VectorMask<Float> UPPER_8 = upper(8);
    private static final VectorMask<Float> UPPER_4 = upper(4);
    private static final VectorMask<Float> UPPER_2 = upper(2);
    private static final VectorMask<Float> UPPER_1 = upper(1);
    private static final VectorShuffle<Float> SWAP_8 = swap(8);
    private static final VectorShuffle<Float> SWAP_4 = swap(4);
    private static final VectorShuffle<Float> SWAP_2 = swap(2);
    private static final VectorShuffle<Float> SWAP_1 = swap(1);

    private Lanes() {}

    private static VectorSpecies<Float> choose() {
        int bits = Integer.getInteger("nextstep.vectorBits", FloatVector.SPECIES_PREFERRED.vectorBitSize());
        return switch (Math.min(512, bits)) {
            case 512 -> FloatVector.SPECIES_512;
            case 256 -> FloatVector.SPECIES_256;
            case 128 -> FloatVector.SPECIES_128;
            default ->
                FloatVector.SPECIES_PREFERRED.vectorShape() == VectorShape.S_64_BIT
                        ? FloatVector.SPECIES_128
                        : FloatVector.SPECIES_256;
        };
    }

    private static VectorMask<Float> upper(int distance) {
        long bits = 0;
        for (int i = 0; i < LENGTH; i++) {
            bits |= (i & distance) != 0 ? 1L << i : 0;
        }
        return VectorMask.fromLong(SPECIES, bits);
    }

    private static VectorShuffle<Float> swap(int distance) {
        return VectorShuffle.fromOp(SPECIES, i -> (i ^ distance) % LENGTH);
    }

    /**
     * Folds sixteen dot products at once.
     *
     * @param sums partial sums, 16 for each of 16 dot products, from {@code offset}
     * @param target receives the 16 results in order, from {@code targetOffset}
     */
    static void fold16(float[] sums, int offset, float[] target, int targetOffset) {
        switch (LENGTH) {
            case 16 -> fold16x16(sums, offset, target, targetOffset);
            case 8 -> {
                fold8x8(sums, offset, target, targetOffset);
                fold8x8(sums, offset + 8 * LOGICAL, target, targetOffset + 8);
            }
            default -> {
                for (int i = 0; i < 16; i += 4) {
                    fold4x4(sums, offset + i * LOGICAL, target, targetOffset + i);
                }
            }
        }
    }

    // Adds a and b across the distance and keeps both: even groups carry a, odd groups carry b.
    private static FloatVector merge(FloatVector a, FloatVector b, VectorMask<Float> upper, VectorShuffle<Float> swap) {
        return a.blend(b, upper).add(b.blend(a, upper).rearrange(swap));
    }

    // The products are loaded in bit-reversed order, because each merge interleaves its two inputs.
    private static void fold16x16(float[] s, int o, float[] target, int targetOffset) {
        var a = eight16(s, o, 0);
        var b = eight16(s, o, 1);
        merge(a, b, UPPER_1, SWAP_1).intoArray(target, targetOffset);
    }

    private static FloatVector eight16(float[] s, int o, int first) {
        var a = four16(s, o, first);
        var b = four16(s, o, first + 2);
        return merge(a, b, UPPER_2, SWAP_2);
    }

    private static FloatVector four16(float[] s, int o, int first) {
        var a = merge(load(s, o, first), load(s, o, first + 8), UPPER_8, SWAP_8);
        var b = merge(load(s, o, first + 4), load(s, o, first + 12), UPPER_8, SWAP_8);
        return merge(a, b, UPPER_4, SWAP_4);
    }

    private static FloatVector load(float[] s, int o, int product) {
        return FloatVector.fromArray(SPECIES, s, o + product * LOGICAL);
    }

    private static void fold8x8(float[] s, int o, float[] target, int targetOffset) {
        var a = merge(four8(s, o, 0), four8(s, o, 2), UPPER_2, SWAP_2);
        var b = merge(four8(s, o, 1), four8(s, o, 3), UPPER_2, SWAP_2);
        merge(a, b, UPPER_1, SWAP_1).intoArray(target, targetOffset);
    }

    private static FloatVector four8(float[] s, int o, int first) {
        return merge(load8(s, o, first), load8(s, o, first + 4), UPPER_4, SWAP_4);
    }

    private static FloatVector load8(float[] s, int o, int product) {
        int at = o + product * LOGICAL;
        return FloatVector.fromArray(SPECIES, s, at).add(FloatVector.fromArray(SPECIES, s, at + 8));
    }

    private static void fold4x4(float[] s, int o, float[] target, int targetOffset) {
        var a = merge(load4(s, o, 0), load4(s, o, 2), UPPER_2, SWAP_2);
        var b = merge(load4(s, o, 1), load4(s, o, 3), UPPER_2, SWAP_2);
        merge(a, b, UPPER_1, SWAP_1).intoArray(target, targetOffset);
    }

    private static FloatVector load4(float[] s, int o, int product) {
        int at = o + product * LOGICAL;
        var even = FloatVector.fromArray(SPECIES, s, at).add(FloatVector.fromArray(SPECIES, s, at + 8));
        var odd = FloatVector.fromArray(SPECIES, s, at + 4).add(FloatVector.fromArray(SPECIES, s, at + 12));
        return even.add(odd);
    }

    /** The plain form of {@link #fold16} for one dot product: the definition that the fast forms must equal bit by bit. */
    static float fold(float[] sums, int offset) {
        var s = new float[LOGICAL];
        System.arraycopy(sums, offset, s, 0, LOGICAL);
        for (int half = LOGICAL / 2; half >= 1; half /= 2) {
            for (int i = 0; i < half; i++) {
                s[i] += s[i + half];
            }
        }
        return s[0];
    }
}
