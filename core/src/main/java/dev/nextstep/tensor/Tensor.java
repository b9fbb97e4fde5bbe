package dev.nextstep.tensor;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * A named, dense, row-major tensor over memory that somebody else owns (usually a mapped file): immutable by agreement.
 *
 * <p>Weights stay in the type of their file; the kernels widen them to fp32 while they multiply. In block formats a row is
 * a whole number of blocks.
 *
 * @param name name in the checkpoint, for messages
 * @param type element type
 * @param shape dimensions, outermost first; empty for a scalar
 * @param data exactly {@code type.bytes(elements())} bytes, little-endian, alignment not guaranteed
 */
public record Tensor(String name, DataType type, List<Long> shape, MemorySegment data) {

    private static final ValueLayout.OfFloat F32 = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort I16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt I32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong I64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble F64 =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** Checks that the memory has the size that shape and type ask for. */
    public Tensor {
        shape = List.copyOf(shape);
        long elements = 1;
        for (long dimension : shape) {
            if (dimension < 0) {
                throw new IllegalArgumentException("tensor " + name + " has a negative dimension: " + shape);
            }
            elements = Math.multiplyExact(elements, dimension);
        }
        if (type.isBlocks() && (shape.isEmpty() || shape.getLast() % type.blockElements() != 0)) {
            throw new IllegalArgumentException(
                    "tensor %s %s%s: rows must be a multiple of %d".formatted(name, type, shape, type.blockElements()));
        }
        long bytes = type.bytes(elements);
        if (data.byteSize() != bytes) {
            throw new IllegalArgumentException(
                    "tensor %s %s%s needs %d bytes but has %d".formatted(name, type, shape, bytes, data.byteSize()));
        }
    }

    /** A tensor of fp32 values in heap memory, copied from {@code values}. */
    public static Tensor of(String name, float[] values, long... shape) {
        return new Tensor(
                name, DataType.F32, Arrays.stream(shape).boxed().toList(), MemorySegment.ofArray(values.clone()));
    }

    /** Number of elements; 1 for a scalar. */
    public long elements() {
        long elements = 1;
        for (long dimension : shape) {
            elements *= dimension;
        }
        return elements;
    }

    /** Number of dimensions. */
    public int rank() {
        return shape.size();
    }

    /**
     * Dimension {@code axis} as an int.
     *
     * @throws ArithmeticException if it does not fit
     */
    public int dimension(int axis) {
        return Math.toIntExact(shape.get(axis));
    }

    /** The same memory under another shape with the same number of elements. */
    public Tensor reshape(long... newShape) {
        return new Tensor(name, type, Arrays.stream(newShape).boxed().toList(), data);
    }

    /** The same tensor under another name. */
    public Tensor withName(String newName) {
        return new Tensor(newName, type, shape, data);
    }

    /**
     * One element widened to fp32.
     *
     * @param index row-major index, 0 ≤ index &lt; {@link #elements()}
     * @throws UnsupportedOperationException if the type is not a weight type, F64, I32, I64, U8 or BOOL
     */
    public float get(long index) {
        return switch (type) {
            case F32 -> data.get(F32, index * 4);
            case F16 -> Float.float16ToFloat(data.get(I16, index * 2));
            case BF16 -> Float.intBitsToFloat(data.get(I16, index * 2) << 16);
            case F64 -> (float) data.get(F64, index * 8);
            case I32 -> data.get(I32, index * 4);
            case I64 -> data.get(I64, index * 8);
            case U8, BOOL -> data.get(ValueLayout.JAVA_BYTE, index) & 0xff;
            case Q8_0, Q4_0, Q4_K -> QuantizedBlocks.get(type, data, index);
            default -> throw new UnsupportedOperationException("tensor " + name + " of type " + type);
        };
    }

    /** All elements widened to fp32, row-major. For small tensors (norms, biases, golden values), not for matrices. */
    public float[] toFloats() {
        var values = new float[Math.toIntExact(elements())];
        copyTo(0, values.length, values, 0);
        return values;
    }

    /**
     * Widens consecutive elements to fp32.
     *
     * @param from row-major index of the first
     * @param n how many
     * @param target receives them from {@code at}
     * @throws UnsupportedOperationException as {@link #get}
     */
    public void copyTo(long from, int n, float[] target, int at) {
        switch (type) {
            case F32 -> MemorySegment.copy(data, F32, from * 4, target, at, n);
            case F16 -> {
                short[] halves = shorts(from, n);
                for (int i = 0; i < n; i++) {
                    target[at + i] = Float.float16ToFloat(halves[i]);
                }
            }
            case BF16 -> {
                short[] halves = shorts(from, n);
                for (int i = 0; i < n; i++) {
                    target[at + i] = Float.intBitsToFloat(halves[i] << 16);
                }
            }
            default -> {
                for (int i = 0; i < n; i++) {
                    target[at + i] = get(from + i);
                }
            }
        }
    }

    // In bulk: one access at a time through memory segments is slow before it is compiled, and opening a model is then.
    private short[] shorts(long from, int n) {
        var halves = new short[n];
        MemorySegment.copy(data, I16, from * 2, halves, 0, n);
        return halves;
    }

    /**
     * All elements of an I64 or I32 tensor.
     *
     * @throws UnsupportedOperationException for other types
     */
    public long[] toLongs() {
        int n = Math.toIntExact(elements());
        var values = new long[n];
        for (int i = 0; i < n; i++) {
            values[i] = switch (type) {
                case I64 -> data.get(I64, i * 8L);
                case I32 -> data.get(I32, i * 4L);
                default -> throw new UnsupportedOperationException("tensor " + name + " of type " + type);
            };
        }
        return values;
    }

    @Override
    public String toString() {
        return name + " " + type + shape;
    }
}
