package dev.nextstep.train.run;

import dev.nextstep.tensor.DataType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/** Tensors of libtorch and of files over the same memory. */
final class TensorMemory {
    private TensorMemory() {}

    /**
     * The values of a tensor for a writer: a view of its memory, or of a copy if it is on a device or not dense. Valid
     * as long as the enclosing scope of native pointers.
     *
     * @param name for the file and for messages
     */
    @SuppressWarnings("restricted") // There is no other way to the library's memory.
    static dev.nextstep.tensor.Tensor view(String name, Tensor tensor) {
        var dense = tensor.detach().cpu().contiguous();
        var type = type(name, dense.scalar_type().intern());
        long bytes = dense.numel() * type.bytes();
        var memory = bytes == 0
                ? MemorySegment.ofArray(new byte[0])
                : MemorySegment.ofAddress(dense.data_ptr().address()).reinterpret(bytes);
        return new dev.nextstep.tensor.Tensor(
                name, type, Arrays.stream(dense.shape()).boxed().toList(), memory);
    }

    /** A tensor over the memory of a mapped file: not to be written to, nor used when the file is closed. */
    static Tensor over(dev.nextstep.tensor.Tensor stored) {
        var shape = stored.shape().stream().mapToLong(Long::longValue).toArray();
        var options = new TensorOptions(scalarType(stored));
        if (stored.data().byteSize() == 0) {
            return torch.empty(shape, options, null);
        }
        return torch.from_blob(new Address(stored.data().address()), shape, options);
    }

    private static DataType type(String name, torch.ScalarType type) {
        return switch (type) {
            case Float -> DataType.F32;
            case Double -> DataType.F64;
            case Half -> DataType.F16;
            case BFloat16 -> DataType.BF16;
            case Long -> DataType.I64;
            case Int -> DataType.I32;
            case Byte -> DataType.U8;
            case Bool -> DataType.BOOL;
            default ->
                throw new IllegalArgumentException(
                        "tensor " + name + " of type " + type + " has no place in a checkpoint");
        };
    }

    private static torch.ScalarType scalarType(dev.nextstep.tensor.Tensor stored) {
        return switch (stored.type()) {
            case F32 -> torch.ScalarType.Float;
            case F64 -> torch.ScalarType.Double;
            case F16 -> torch.ScalarType.Half;
            case BF16 -> torch.ScalarType.BFloat16;
            case I64 -> torch.ScalarType.Long;
            case I32 -> torch.ScalarType.Int;
            case U8 -> torch.ScalarType.Byte;
            case BOOL -> torch.ScalarType.Bool;
            default ->
                throw new IllegalArgumentException("tensor " + stored + " is of a type that checkpoints do not have");
        };
    }

    /** An address as the library wants it; memory beyond 2 GiB has no ByteBuffer. */
    private static final class Address extends Pointer {
        Address(long address) {
            this.address = address;
        }
    }
}
