package dev.nextstep.checkpoint;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A pickle machine that knows just the opcodes and names that state dicts of PyTorch need, and can therefore do nothing
 * but build dicts, lists, tuples, numbers, strings and descriptions of tensors. Any other name is refused the moment it
 * is read, called or not.
 */
final class PickleMachine {
    /** A state dict has some ten objects per tensor. */
    private static final int MAX_OBJECTS = 1_000_000;

    private static final int MAX_LONG_BYTES = 256;

    /** Thrown with the reason only; the caller adds the file. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;
        private final String reason;

        Refused(String reason) {
            super(reason);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    /** Python's None. */
    enum None {
        NONE
    }

    /** The callables that exist here. */
    enum Callable {
        ORDERED_DICT,
        REBUILD_TENSOR,
        REBUILD_PARAMETER,
        SIZE
    }

    /** A dict; only an OrderedDict may take attributes. */
    static final class Dict {
        final Map<Object, Object> items = new LinkedHashMap<>();
        final boolean ordered;

        Dict(boolean ordered) {
            this.ordered = ordered;
        }
    }

    /** A list, which may still grow. */
    record PyList(List<Object> items) {}

    /** A tuple. */
    record Tuple(List<Object> items) {}

    /** A storage type such as {@code torch.FloatStorage}, by its name. */
    record StorageType(String name) {}

    /** A reference to a storage record. */
    record Storage(String type, String key, long elements) {}

    /** A view of a storage; nothing about it has been checked against the storage. */
    record TensorView(Storage storage, long offset, List<Long> shape, List<Long> strides) {}

    private final ByteBuffer in;
    private final Function<String, Boolean> knownStorageType;
    private final Map<Integer, Object> memo = new HashMap<>();
    private final ArrayDeque<List<Object>> marks = new ArrayDeque<>();
    private List<Object> stack = new ArrayList<>();
    private int objects;

    private PickleMachine(ByteBuffer in, Function<String, Boolean> knownStorageType) {
        this.in = in.order(ByteOrder.LITTLE_ENDIAN);
        this.knownStorageType = knownStorageType;
    }

    /**
     * Runs a pickle to its end.
     *
     * @param knownStorageType whether a name below {@code torch} is a storage type that the caller can read
     */
    static Object run(ByteBuffer pickle, Function<String, Boolean> knownStorageType) throws Refused {
        var machine = new PickleMachine(pickle, knownStorageType);
        try {
            return machine.run();
        } catch (BufferUnderflowException e) {
            throw new Refused("pickle ends too early: truncated");
        }
    }

    private Object run() throws Refused {
        if (in.remaining() < 2 || (in.get() & 0xff) != 0x80) {
            throw new Refused("pickle does not begin with a protocol number");
        }
        int protocol = in.get() & 0xff;
        if (protocol < 2 || protocol > 5) {
            throw new Refused("pickle protocol %d is not in 2..5".formatted(protocol));
        }
        while (true) {
            int opcode = in.get() & 0xff;
            if (opcode == '.') {
                return pop();
            }
            if (++objects > MAX_OBJECTS) {
                throw new Refused("pickle has more than %d steps".formatted(MAX_OBJECTS));
            }
            step(opcode);
        }
    }

    private void step(int opcode) throws Refused {
        switch (opcode) {
            case 0x95 -> in.getLong(); // FRAME: only a hint for buffered readers
            case '(' -> {
                marks.push(stack);
                stack = new ArrayList<>();
            }
            case '0' -> pop();
            case '1' -> popMark();
            case 'N' -> push(None.NONE);
            case 0x88 -> push(true);
            case 0x89 -> push(false);
            case 'J' -> push((long) in.getInt());
            case 'K' -> push((long) (in.get() & 0xff));
            case 'M' -> push((long) (in.getShort() & 0xffff));
            case 0x8a -> push(longInteger(in.get() & 0xff));
            case 0x8b -> push(longInteger(in.getInt()));
            case 'G' -> push(Double.longBitsToDouble(Long.reverseBytes(in.getLong())));
            case 'X' -> push(text(in.getInt()));
            case 0x8c -> push(text(in.get() & 0xff));
            case '}' -> push(new Dict(false));
            case ']' -> push(new PyList(new ArrayList<>(0)));
            case ')' -> push(new Tuple(List.of()));
            case 't' -> push(new Tuple(List.copyOf(popMark())));
            case 0x85 -> push(tuple(1));
            case 0x86 -> push(tuple(2));
            case 0x87 -> push(tuple(3));
            case 'a' -> append(List.of(pop()));
            case 'e' -> append(popMark());
            case 's' -> setItems(tuple(2).items());
            case 'u' -> setItems(popMark());
            case 'q' -> memo.put(in.get() & 0xff, top());
            case 'r' -> memo.put(in.getInt(), top());
            case 0x94 -> memo.put(memo.size(), top());
            case 'h' -> push(remembered(in.get() & 0xff));
            case 'j' -> push(remembered(in.getInt()));
            case 'c' -> push(global(line(), line()));
            case 0x93 -> {
                var names = tuple(2).items();
                push(global(string(names.get(0), "module name"), string(names.get(1), "class name")));
            }
            case 'R' -> reduce();
            case 'b' -> build();
            case 'Q' -> push(storage(pop()));
            default -> throw new Refused("pickle opcode 0x%02x is not allowed in a state dict".formatted(opcode));
        }
    }

    private void push(Object value) {
        stack.add(value);
    }

    private Object pop() throws Refused {
        if (stack.isEmpty()) {
            throw new Refused("pickle takes from an empty stack: damaged");
        }
        return stack.removeLast();
    }

    private Object top() throws Refused {
        if (stack.isEmpty()) {
            throw new Refused("pickle takes from an empty stack: damaged");
        }
        return stack.getLast();
    }

    private List<Object> popMark() throws Refused {
        if (marks.isEmpty()) {
            throw new Refused("pickle lacks a mark: damaged");
        }
        var items = stack;
        stack = marks.pop();
        return items;
    }

    private Tuple tuple(int size) throws Refused {
        if (stack.size() < size) {
            throw new Refused("pickle takes from an empty stack: damaged");
        }
        var last = stack.subList(stack.size() - size, stack.size());
        var tuple = new Tuple(List.copyOf(last));
        last.clear();
        return tuple;
    }

    private Object remembered(int slot) throws Refused {
        @Nullable Object value = memo.get(slot);
        if (value == null) {
            throw new Refused("pickle refers to the empty memo slot %d: damaged".formatted(slot));
        }
        return value;
    }

    private Object longInteger(int bytes) throws Refused {
        if (bytes < 0 || bytes > MAX_LONG_BYTES) {
            throw new Refused("pickle has an integer of %d bytes, more than %d".formatted(bytes, MAX_LONG_BYTES));
        }
        var digits = new byte[bytes];
        in.get(digits);
        for (int i = 0; i < bytes / 2; i++) {
            byte low = digits[i];
            digits[i] = digits[bytes - 1 - i];
            digits[bytes - 1 - i] = low;
        }
        var value = bytes == 0 ? BigInteger.ZERO : new BigInteger(digits);
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
    }

    private String text(int bytes) throws Refused {
        if (bytes < 0 || bytes > in.remaining()) {
            throw new Refused("pickle has a string of %s bytes but only %d are left"
                    .formatted(Integer.toUnsignedString(bytes), in.remaining()));
        }
        var slice = in.slice(in.position(), bytes);
        in.position(in.position() + bytes);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(slice).toString();
        } catch (CharacterCodingException e) {
            throw new Refused("pickle has a string that is not UTF-8");
        }
    }

    private String line() {
        var line = new StringBuilder();
        for (byte b = in.get(); b != '\n'; b = in.get()) {
            line.append((char) (b & 0xff));
        }
        return line.toString();
    }

    private static String string(Object value, String what) throws Refused {
        if (value instanceof String text) {
            return text;
        }
        throw new Refused("pickle has a %s that is not a string".formatted(what));
    }

    private Object global(String module, String name) throws Refused {
        String full = module + " " + name;
        return switch (full) {
            case "collections OrderedDict" -> Callable.ORDERED_DICT;
            case "torch._utils _rebuild_tensor_v2" -> Callable.REBUILD_TENSOR;
            case "torch._utils _rebuild_parameter" -> Callable.REBUILD_PARAMETER;
            case "torch Size" -> Callable.SIZE;
            default -> {
                if (module.equals("torch") && knownStorageType.apply(name)) {
                    yield new StorageType(name);
                }
                throw new Refused("pickle names '%s.%s', which is not allowed in a state dict; the file was not run"
                        .formatted(CheckpointException.quote(module), CheckpointException.quote(name)));
            }
        };
    }

    private void append(List<Object> items) throws Refused {
        if (!(top() instanceof PyList list)) {
            throw new Refused("pickle appends to something that is not a list");
        }
        list.items().addAll(items);
    }

    private void setItems(List<Object> items) throws Refused {
        if (!(top() instanceof Dict dict)) {
            throw new Refused("pickle sets an item of something that is not a dict");
        }
        if (items.size() % 2 != 0) {
            throw new Refused("pickle has a dict key without a value: damaged");
        }
        for (int i = 0; i < items.size(); i += 2) {
            Object key = items.get(i);
            boolean simple = key instanceof String || key instanceof Number || key instanceof Boolean;
            if (!simple) {
                throw new Refused("pickle has a dict key that is neither string nor number");
            }
            if (dict.items.put(key, items.get(i + 1)) != null) {
                throw new Refused("dict key '%s' occurs twice".formatted(CheckpointException.quote(key.toString())));
            }
        }
    }

    private void reduce() throws Refused {
        Object arguments = pop();
        Object callable = pop();
        if (!(callable instanceof Callable known) || !(arguments instanceof Tuple(var items))) {
            throw new Refused("pickle calls something that is not callable");
        }
        push(
                switch (known) {
                    case ORDERED_DICT -> {
                        if (!items.isEmpty()) {
                            throw new Refused("OrderedDict with arguments is not supported");
                        }
                        yield new Dict(true);
                    }
                    case REBUILD_TENSOR -> tensor(items);
                    case REBUILD_PARAMETER -> {
                        if (items.isEmpty() || !(items.getFirst() instanceof TensorView view)) {
                            throw new Refused("_rebuild_parameter without a tensor");
                        }
                        yield view;
                    }
                    case SIZE -> {
                        if (items.size() != 1 || !(items.getFirst() instanceof Tuple size)) {
                            throw new Refused("torch.Size without a tuple");
                        }
                        yield size;
                    }
                });
    }

    // Arguments: storage, offset, size, stride, requires_grad, backward hooks, and in newer files metadata.
    private static TensorView tensor(List<Object> arguments) throws Refused {
        if (arguments.size() < 4
                || !(arguments.get(0) instanceof Storage storage)
                || !(arguments.get(1) instanceof Long offset)
                || !(arguments.get(2) instanceof Tuple size)
                || !(arguments.get(3) instanceof Tuple stride)) {
            throw new Refused("_rebuild_tensor_v2 with unexpected arguments");
        }
        return new TensorView(storage, offset, integers(size), integers(stride));
    }

    private static List<Long> integers(Tuple tuple) throws Refused {
        var values = new ArrayList<Long>();
        for (var item : tuple.items()) {
            if (!(item instanceof Long value)) {
                throw new Refused("tensor with a size or stride that is not a 64-bit integer");
            }
            values.add(value);
        }
        return values;
    }

    private static Storage storage(Object id) throws Refused {
        if (!(id instanceof Tuple(var items))
                || items.size() != 5
                || !items.get(0).equals("storage")
                || !(items.get(1) instanceof StorageType(var type))
                || !(items.get(2) instanceof String key)
                || !(items.get(4) instanceof Long elements)) {
            throw new Refused("pickle refers to an outside object that is not a storage");
        }
        boolean plain = !key.isEmpty()
                && key.length() <= 64
                && key.chars().allMatch(c -> c < 128 && Character.isLetterOrDigit(c));
        if (!plain) {
            throw new Refused("storage key '%s' is not a plain name".formatted(CheckpointException.quote(key)));
        }
        return new Storage(type, key, elements);
    }

    /** Attributes: only {@code _metadata} of an OrderedDict, which Module.state_dict() sets; it is looked at and dropped. */
    private void build() throws Refused {
        Object state = pop();
        boolean allowed = top() instanceof Dict target
                && target.ordered
                && state instanceof Dict attributes
                && attributes.items.size() == 1
                && attributes.items.get("_metadata") instanceof Dict metadata
                && isMetadata(metadata);
        if (!allowed) {
            throw new Refused("pickle sets attributes other than _metadata of an OrderedDict");
        }
    }

    // Module path -> {"version": int}: two levels, so no recursion.
    private static boolean isMetadata(Dict metadata) {
        return metadata.items.entrySet().stream()
                .allMatch(e -> e.getKey() instanceof String
                        && e.getValue() instanceof Dict versions
                        && versions.items.entrySet().stream()
                                .allMatch(v -> v.getKey() instanceof String
                                        && (v.getValue() instanceof Long
                                                || v.getValue() instanceof Boolean
                                                || v.getValue() instanceof String
                                                || v.getValue() == None.NONE)));
    }
}
