package dev.nextstep.checkpoint;

import dev.nextstep.tensor.DataType;
import dev.nextstep.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes PyTorch's own files: a zip of a pickled dictionary of tensors and one record of data for each, as {@code torch.save}
 * makes them of a state dictionary and {@link TorchPickle} reads them. The official code takes image tokenizers only in this
 * form ({@code vae/checkpoint.pt}, spec §2.4). Complete or not at all, as {@link SafetensorsWriter}.
 */
public final class TorchWriter {
    private static final int BUFFER_BYTES = 1 << 20;
    private static final String ROOT = "archive/";

    private TorchWriter() {}

    /**
     * Writes one file.
     *
     * @param target the file; its folder must exist
     * @param tensors in the order of the dictionary; names must differ
     * @param type how weights are stored
     * @throws CheckpointException if the target exists and must not be replaced, or cannot be written
     * @throws IllegalArgumentException if two tensors have one name, or one has a type that PyTorch has no storage for
     */
    public static void write(Path target, List<Tensor> tensors, WeightType type, IfExists ifExists) {
        var pickle = pickle(tensors, type);
        AtomicFiles.write(target, ifExists, temporary -> {
            try (var file = Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                    var zip = new ZipOutputStream(file)) {
                zip.setMethod(ZipOutputStream.STORED);
                small(zip, "data.pkl", pickle);
                small(zip, "byteorder", "little".getBytes(StandardCharsets.US_ASCII));
                for (int i = 0; i < tensors.size(); i++) {
                    record(
                            zip,
                            "data/" + i,
                            tensors.get(i),
                            type.of(tensors.get(i).type()));
                }
                small(zip, "version", "3\n".getBytes(StandardCharsets.US_ASCII));
            }
            AtomicFiles.force(temporary);
        });
    }

    private static void small(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        var crc = new CRC32();
        crc.update(bytes);
        begin(zip, name, bytes.length, crc.getValue());
        zip.write(bytes);
        zip.closeEntry();
    }

    private static void begin(ZipOutputStream zip, String name, long size, long crc) throws IOException {
        var entry = new ZipEntry(ROOT + name);
        entry.setSize(size);
        entry.setCompressedSize(size);
        entry.setCrc(crc);
        entry.setTime(0); // the same tensors give the same bytes
        zip.putNextEntry(entry);
    }

    private static void record(ZipOutputStream zip, String name, Tensor tensor, DataType stored) throws IOException {
        var crc = new CRC32();
        data(tensor, stored, new OutputStream() {
            @Override
            public void write(int b) {
                crc.update(b);
            }

            @Override
            public void write(byte[] bytes, int from, int count) {
                crc.update(bytes, from, count);
            }
        });
        begin(zip, name, tensor.elements() * stored.bytes(), crc.getValue());
        data(tensor, stored, zip);
        zip.closeEntry();
    }

    private static void data(Tensor tensor, DataType stored, OutputStream out) throws IOException {
        var bytes = new byte[BUFFER_BYTES];
        int step = BUFFER_BYTES / 8;
        for (long from = 0; from < tensor.elements(); from += step) {
            long to = Math.min(tensor.elements(), from + step);
            int count = (int) (to - from) * stored.bytes();
            if (stored == tensor.type()) {
                MemorySegment.copy(tensor.data(), from * stored.bytes(), MemorySegment.ofArray(bytes), 0, count);
            } else {
                WeightType.convert(
                        tensor, from, to, stored, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
            }
            out.write(bytes, 0, count);
        }
    }

    /** The dictionary, in the second protocol of Python's pickle. */
    private static byte[] pickle(List<Tensor> tensors, WeightType type) {
        var names = new HashSet<String>();
        var out = new Pickle();
        out.code(0x80).code(2).code('}').code('(');
        for (int i = 0; i < tensors.size(); i++) {
            var tensor = tensors.get(i);
            if (!names.add(tensor.name())) {
                throw new IllegalArgumentException("tensor name '" + tensor.name() + "' is taken");
            }
            out.text(tensor.name()).global("torch._utils", "_rebuild_tensor_v2").code('(');
            out.code('(')
                    .text("storage")
                    .global("torch", storage(type.of(tensor.type())))
                    .text(String.valueOf(i))
                    .text("cpu")
                    .number(tensor.elements())
                    .code('t')
                    .code('Q');
            out.number(0); // where the tensor begins in its storage
            out.tuple(tensor.shape()).tuple(strides(tensor.shape()));
            out.code(0x89); // needs no gradient
            out.global("collections", "OrderedDict").code(')').code('R'); // no hooks
            out.code('t').code('R');
        }
        return out.code('u').code('.').bytes();
    }

    private static List<Long> strides(List<Long> shape) {
        var strides = new Long[shape.size()];
        long step = 1;
        for (int i = strides.length - 1; i >= 0; i--) {
            strides[i] = step;
            step *= shape.get(i);
        }
        return List.of(strides);
    }

    private static String storage(DataType type) {
        return switch (type) {
            case F32 -> "FloatStorage";
            case F16 -> "HalfStorage";
            case BF16 -> "BFloat16Storage";
            case F64 -> "DoubleStorage";
            case I64 -> "LongStorage";
            case I32 -> "IntStorage";
            case I16 -> "ShortStorage";
            case I8 -> "CharStorage";
            case U8 -> "ByteStorage";
            case BOOL -> "BoolStorage";
            default -> throw new IllegalArgumentException("PyTorch has no storage of type " + type);
        };
    }

    /** Codes of the pickle machine that a state dictionary needs. */
    private static final class Pickle {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Pickle code(int code) {
            out.write(code);
            return this;
        }

        Pickle text(String text) {
            var utf8 = text.getBytes(StandardCharsets.UTF_8);
            return code('X').int32(utf8.length).raw(utf8);
        }

        Pickle global(String module, String name) {
            return code('c').raw((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
        }

        Pickle tuple(List<Long> values) {
            code('(');
            values.forEach(this::number);
            return code('t');
        }

        Pickle number(long value) {
            if (value == (int) value) {
                return code('J').int32((int) value);
            }
            return code(0x8a)
                    .code(Long.BYTES)
                    .raw(ByteBuffer.allocate(Long.BYTES)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(value)
                            .array());
        }

        private Pickle int32(int value) {
            return raw(ByteBuffer.allocate(Integer.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(value)
                    .array());
        }

        private Pickle raw(byte[] bytes) {
            out.writeBytes(bytes);
            return this;
        }

        byte[] bytes() {
            return out.toByteArray();
        }
    }
}
