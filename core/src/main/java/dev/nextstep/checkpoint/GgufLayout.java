package dev.nextstep.checkpoint;

import dev.nextstep.tensor.DataType;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Where everything comes to lie in a GGUF file that is going to be written: known before the first weight is.
 *
 * @param header all bytes before the data, filling included
 * @param offsets byte of the file where each tensor begins
 * @param fileBytes size of the file
 */
@SuppressWarnings("ArrayRecordComponent") // a plain carrier: nobody compares two of them
record GgufLayout(byte[] header, List<Long> offsets, long fileBytes) {

    /** What is known of a tensor before its data. */
    record Planned(String name, DataType type, List<Long> shape) {
        long bytes() {
            return type.bytes(shape.stream().reduce(1L, Math::multiplyExact));
        }
    }

    /**
     * Lays out a file.
     *
     * @throws CheckpointException if a name is longer than the format allows, or a tensor has too many dimensions
     * @throws IllegalArgumentException if two tensors have one name, or a type or value cannot be written
     */
    static GgufLayout of(Map<String, GgufValue> metadata, List<Planned> tensors) {
        var out = new Bytes();
        out.int32(GgufHeader.MAGIC);
        out.int32(GgufHeader.VERSION);
        out.int64(tensors.size());
        out.int64(metadata.size());
        metadata.forEach(out::pair);
        var begins = new ArrayList<Long>();
        var names = new HashSet<String>();
        long end = 0;
        for (var tensor : tensors) {
            if (!names.add(tensor.name())) {
                throw new IllegalArgumentException("tensor name '" + tensor.name() + "' is taken");
            }
            long begin = GgufHeader.aligned(end, GgufHeader.ALIGNMENT);
            out.tensor(tensor, begin);
            begins.add(begin);
            end = Math.addExact(begin, tensor.bytes());
        }
        long dataStart = GgufHeader.aligned(out.size(), GgufHeader.ALIGNMENT);
        out.writeBytes(new byte[(int) (dataStart - out.size())]);
        long fileBytes = dataStart + GgufHeader.aligned(end, GgufHeader.ALIGNMENT);
        return new GgufLayout(
                out.toByteArray(), begins.stream().map(b -> dataStart + b).toList(), fileBytes);
    }

    /** The format's elements, little-endian. */
    private static final class Bytes extends ByteArrayOutputStream {
        private final ByteBuffer number = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);

        void int32(int value) {
            number.putInt(0, value);
            write(number.array(), 0, 4);
        }

        void int64(long value) {
            number.putLong(0, value);
            write(number.array(), 0, 8);
        }

        void text(String value) {
            var bytes = value.getBytes(StandardCharsets.UTF_8);
            int64(bytes.length);
            writeBytes(bytes);
        }

        // In the narrowest of the types that other programs expect for such values.
        void pair(String key, GgufValue value) {
            text(key);
            switch (value) {
                case GgufValue.Flag(boolean flag) -> {
                    int32(GgufTypes.BOOL);
                    write(flag ? 1 : 0);
                }
                case GgufValue.Whole(long whole)
                when whole >= 0 && whole <= 0xffff_ffffL -> {
                    int32(GgufTypes.UINT32);
                    int32((int) whole);
                }
                case GgufValue.Whole(long whole) -> {
                    int32(GgufTypes.INT64);
                    int64(whole);
                }
                case GgufValue.Real(double real)
                when (float) real == real -> {
                    int32(GgufTypes.FLOAT32);
                    int32(Float.floatToRawIntBits((float) real));
                }
                case GgufValue.Real(double real) -> {
                    int32(GgufTypes.FLOAT64);
                    int64(Double.doubleToRawLongBits(real));
                }
                case GgufValue.Text(String text) -> {
                    int32(GgufTypes.STRING);
                    text(text);
                }
                case GgufValue.Sequence sequence ->
                    throw new IllegalArgumentException(
                            "the elements of %s (%s) are not known".formatted(key, sequence));
            }
        }

        void tensor(Planned tensor, long begin) {
            int nameBytes = tensor.name().getBytes(StandardCharsets.UTF_8).length;
            if (nameBytes > GgufHeader.MAX_NAME_BYTES || tensor.shape().size() > GgufHeader.MAX_RANK) {
                throw new CheckpointException(
                        "tensor '%s' has a name of %d bytes and %d dimensions; GGUF files hold names of up to %d and %d dimensions"
                                .formatted(
                                        CheckpointException.quote(tensor.name()),
                                        nameBytes,
                                        tensor.shape().size(),
                                        GgufHeader.MAX_NAME_BYTES,
                                        GgufHeader.MAX_RANK));
            }
            text(tensor.name());
            int32(tensor.shape().size());
            tensor.shape().reversed().forEach(this::int64);
            int32(GgufTypes.tensorId(tensor.type()));
            int64(begin);
        }
    }
}
