package dev.nextstep.cli;

import static java.util.Objects.requireNonNull;

import dev.nextstep.tensor.DataType;
import dev.nextstep.tensor.Tensor;
import dev.nextstep.tensor.TensorSource;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Makes up every tensor that is asked for: gains of norms are 1, biases 0, matrices have values around 0 with a standard
 * deviation near 0.02, as before training. So a model that is built over this source says itself what tensors it needs.
 *
 * <p>Matrices of one type are views of one stretch of random memory, as long as the longest of them, from different places;
 * that stretch itself repeats after a few megabytes. Time and memory of a model do not depend on that.
 */
final class RandomWeights implements TensorSource {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final float DEVIATION = 0.02f;

    /** Blocks that are really random. */
    private static final int DISTINCT = 1 << 18;

    /** Blocks by which the beginnings of two matrices differ at most. */
    private static final int SHIFTS = 1 << 16;

    private final Set<String> firstNames;
    private final BiFunction<String, List<Long>, DataType> typeOf;
    private final SplittableRandom random;
    private final Map<DataType, MemorySegment> memory = new EnumMap<>(DataType.class);
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private boolean asking;

    /**
     * @param firstNames the names while somebody asks: a part may look whether it is there at all
     * @param typeOf type of a tensor by name and shape
     */
    RandomWeights(Set<String> firstNames, BiFunction<String, List<Long>, DataType> typeOf, long seed) {
        this.firstNames = firstNames;
        this.typeOf = typeOf;
        this.random = new SplittableRandom(seed);
    }

    /** Builds a part of a model for what it asks for; the part itself is not needed. */
    void askedBy(Supplier<Object> part) {
        asking = true;
        requireNonNull(part.get());
        asking = false;
    }

    @Override
    public String origin() {
        return "random weights";
    }

    @Override
    public Set<String> names() {
        return asking ? firstNames : tensors.keySet();
    }

    @Override
    public Optional<Tensor> find(String name) {
        return Optional.ofNullable(tensors.get(name));
    }

    @Override
    public Tensor require(String name, long... shape) {
        return tensors.computeIfAbsent(
                name, n -> make(n, Arrays.stream(shape).boxed().toList()));
    }

    @Override
    public Optional<Tensor> optional(String name, long... shape) {
        return Optional.empty();
    }

    private Tensor make(String name, List<Long> shape) {
        var type = typeOf.apply(name, shape);
        long elements = shape.stream().reduce(1L, Math::multiplyExact);
        if (shape.size() == 1) {
            var values = new float[(int) elements];
            Arrays.fill(values, name.endsWith(".bias") ? 0 : 1);
            return vector(name, type, values);
        }
        long bytes = type.bytes(elements);
        long shift = (long) random.nextInt(SHIFTS) * type.blockBytes();
        return new Tensor(name, type, shape, memory(type, bytes + shift).asSlice(shift, bytes));
    }

    private static Tensor vector(String name, DataType type, float[] values) {
        var data = MemorySegment.ofArray(new byte[(int) type.bytes(values.length)]);
        for (int i = 0; i < values.length; i++) {
            if (type == DataType.F32) {
                data.set(FLOAT, 4L * i, values[i]);
            } else {
                data.set(SHORT, 2L * i, Float.floatToFloat16(values[i]));
            }
        }
        return new Tensor(name, type, List.of((long) values.length), data);
    }

    // The stretch of a type; made anew when a longer one is needed, with the same content.
    private MemorySegment memory(DataType type, long bytes) {
        var known = memory.get(type);
        if (known != null && known.byteSize() >= bytes) {
            return known;
        }
        var larger = Arena.ofAuto().allocate(bytes, 64);
        long filled = known == null ? fill(type, larger) : known.byteSize();
        if (known != null) {
            MemorySegment.copy(known, 0, larger, 0, filled);
        }
        while (filled < bytes) { // twice as much each time; what is there is a whole number of blocks
            long n = Math.min(filled, bytes - filled);
            MemorySegment.copy(larger, 0, larger, filled, n);
            filled += n;
        }
        memory.put(type, larger);
        return larger;
    }

    private long fill(DataType type, MemorySegment target) {
        long blocks = Math.min(DISTINCT, target.byteSize() / type.blockBytes());
        var block = new byte[type.blockBytes()];
        for (long i = 0; i < blocks; i++) {
            long at = i * type.blockBytes();
            switch (type) {
                case F32 -> target.set(FLOAT, at, gaussian());
                case F16 -> target.set(SHORT, at, Float.floatToFloat16(gaussian()));
                case BF16 -> target.set(SHORT, at, (short) (Float.floatToRawIntBits(gaussian()) >>> 16));
                default -> {
                    random.nextBytes(block);
                    MemorySegment.copy(block, 0, target, ValueLayout.JAVA_BYTE, at, block.length);
                    scales(type, target, at);
                }
            }
        }
        return blocks * type.blockBytes();
    }

    private float gaussian() {
        return (float) random.nextGaussian() * DEVIATION;
    }

    // Such that uniformly distributed integers have the deviation; either sign, for their mean is not quite 0.
    private void scales(DataType type, MemorySegment target, long at) {
        float sign = random.nextBoolean() ? DEVIATION : -DEVIATION;
        switch (type) {
            case Q8_0 -> target.set(SHORT, at, Float.floatToFloat16(sign / 73.9f));
            case Q4_0 -> target.set(SHORT, at, Float.floatToFloat16(sign / 4.61f));
            default -> {
                // Scale and offset are uniform from 0 to 63, a nibble is 7.5 in the mean.
                target.set(SHORT, at, Float.floatToFloat16(sign / 240));
                target.set(SHORT, at + 2, Float.floatToFloat16(sign / 240 * 7.5f));
            }
        }
    }
}
