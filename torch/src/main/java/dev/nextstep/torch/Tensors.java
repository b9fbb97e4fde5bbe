package dev.nextstep.torch;

import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.LayoutOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Values from Java to libtorch and back. */
public final class Tensors {
    private Tensors() {}

    /** A new fp32 tensor on the CPU with these values. */
    public static Tensor of(float[] values, long... shape) {
        var tensor = empty(ScalarType.Float, shape);
        if (values.length != tensor.numel()) {
            throw new IllegalArgumentException(
                    "%d values do not fill shape %s".formatted(values.length, Arrays.toString(shape)));
        }
        if (values.length > 0) {
            FloatBuffer buffer = tensor.createBuffer();
            buffer.put(values);
        }
        return tensor;
    }

    /** A new tensor of 64-bit integers on the CPU with these values. */
    public static Tensor of(long[] values, long... shape) {
        var tensor = empty(ScalarType.Long, shape);
        if (values.length != tensor.numel()) {
            throw new IllegalArgumentException(
                    "%d values do not fill shape %s".formatted(values.length, Arrays.toString(shape)));
        }
        if (values.length > 0) {
            LongBuffer buffer = tensor.createBuffer();
            buffer.put(values);
        }
        return tensor;
    }

    /** Integers as indices. */
    public static Tensor of(int[] values, long... shape) {
        return of(Arrays.stream(values).asLongStream().toArray(), shape);
    }

    /** An uninitialised tensor on the CPU. */
    static Tensor empty(ScalarType type, long... shape) {
        return torch.empty(
                shape,
                new ScalarTypeOptional(type),
                new LayoutOptional(),
                new DeviceOptional(),
                new BoolOptional(),
                new MemoryFormatOptional());
    }

    /** The values of a tensor of any floating type, row-major. */
    public static float[] toFloats(Tensor tensor) {
        try (var _ = new PointerScope()) {
            var plain = tensor.detach().to(ScalarType.Float).cpu().contiguous();
            var values = new float[Math.toIntExact(plain.numel())];
            if (values.length > 0) {
                FloatBuffer buffer = plain.createBuffer();
                buffer.get(values);
            }
            return values;
        }
    }

    /** The shape of a tensor. */
    public static long[] shape(Tensor tensor) {
        var shape = new long[Math.toIntExact(tensor.dim())];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = tensor.size(i);
        }
        return shape;
    }
}
