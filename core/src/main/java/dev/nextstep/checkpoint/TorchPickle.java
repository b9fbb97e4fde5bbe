package dev.nextstep.checkpoint;

import dev.nextstep.checkpoint.PickleMachine.Dict;
import dev.nextstep.checkpoint.PickleMachine.PyList;
import dev.nextstep.checkpoint.PickleMachine.TensorView;
import dev.nextstep.checkpoint.PickleMachine.Tuple;
import dev.nextstep.tensor.DataType;
import dev.nextstep.tensor.Tensor;
import dev.nextstep.tensor.TensorSource;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Weights in PyTorch's own format since 1.6 ({@code checkpoint.pt}): a zip file with a pickle of the names and shapes
 * and one record per storage (spec §2.3). Nothing in the file is ever executed: a machine of our own understands
 * tensors, dicts, lists, numbers and strings and refuses every other name.
 *
 * <p>Nested containers are flattened, names joined by dots, list positions as numbers. Contiguous tensors are views of
 * the mapped file; others are copied to native memory when they are first asked for. Checksums of the records that
 * tensors use are verified on opening. Safe for use by several threads.
 */
public final class TorchPickle implements TensorSource, AutoCloseable {
    /** The pickle of a thousand tensors takes 200 kB. */
    private static final long MAX_PICKLE_BYTES = 16 << 20;

    private static final int MAX_DEPTH = 32;
    private static final int MAX_NODES = 1_000_000;
    private static final int MAX_NAME = 10_000;
    private static final long MAX_NAMES = 32 << 20;

    private static final Map<String, DataType> STORAGE_TYPES = Map.ofEntries(
            Map.entry("FloatStorage", DataType.F32),
            Map.entry("HalfStorage", DataType.F16),
            Map.entry("BFloat16Storage", DataType.BF16),
            Map.entry("DoubleStorage", DataType.F64),
            Map.entry("LongStorage", DataType.I64),
            Map.entry("IntStorage", DataType.I32),
            Map.entry("ShortStorage", DataType.I16),
            Map.entry("CharStorage", DataType.I8),
            Map.entry("ByteStorage", DataType.U8),
            Map.entry("BoolStorage", DataType.BOOL));

    /** A checked view: it lies in its storage, and its size is justified by the size of the file. */
    private record Checked(DataType type, MemorySegment storage, TensorView view) {}

    private final Path file;
    private final Arena arena;
    private final Map<String, Checked> views = new LinkedHashMap<>();
    private final Map<String, Tensor> copies = new HashMap<>();

    private TorchPickle(Path file, Arena arena) {
        this.file = file;
        this.arena = arena;
    }

    /**
     * Maps a file, reads its pickle and verifies the records that it uses.
     *
     * @throws CheckpointException if the file is missing, damaged, hostile, or holds no tensors
     */
    public static TorchPickle open(Path file) {
        var arena = Arena.ofShared();
        try {
            var pickle = new TorchPickle(file, arena);
            pickle.read();
            return pickle;
        } catch (PickleMachine.Refused e) {
            arena.close();
            throw CheckpointException.of(file, e.reason(), e);
        } catch (RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    private void read() throws PickleMachine.Refused {
        var mapped = MappedFile.map(file, arena);
        ForeignFile.describe(mapped).ifPresent(what -> {
            throw CheckpointException.of(file, what);
        });
        if (!ForeignFile.isZip(mapped)) {
            throw CheckpointException.of(
                    file, "is not a zip file: not a PyTorch checkpoint, or one of before PyTorch 1.6; save it again");
        }
        var zip = new ZipRecords(file, mapped);
        String root = root(zip);
        checkByteOrder(zip, root);
        var pickle = zip.read(root + "data.pkl", arena);
        if (pickle.byteSize() > MAX_PICKLE_BYTES) {
            throw CheckpointException.of(
                    file, "data.pkl has %d bytes, more than %d".formatted(pickle.byteSize(), MAX_PICKLE_BYTES));
        }
        var top = PickleMachine.run(pickle.asByteBuffer(), STORAGE_TYPES::containsKey);
        if (!(top instanceof Dict state)) {
            throw CheckpointException.of(file, "holds no state dict: its top object is not a dict");
        }
        new Flattening(zip, root, mapped.byteSize()).walk("", state, 0);
        if (views.isEmpty()) {
            throw CheckpointException.of(file, "holds no tensors");
        }
    }

    private String root(ZipRecords zip) {
        var pickles = zip.names().stream()
                .filter(n -> n.endsWith("/data.pkl") && n.indexOf('/') == n.length() - "/data.pkl".length())
                .toList();
        if (pickles.size() != 1) {
            throw CheckpointException.of(
                    file, "has %d records data.pkl, expected one: not a PyTorch checkpoint".formatted(pickles.size()));
        }
        String name = pickles.getFirst();
        String root = name.substring(0, name.length() - "data.pkl".length());
        if (!zip.names().stream().allMatch(n -> n.startsWith(root))) {
            throw CheckpointException.of(file, "has records outside its folder: not a PyTorch checkpoint");
        }
        return root;
    }

    private void checkByteOrder(ZipRecords zip, String root) {
        if (!zip.names().contains(root + "byteorder")) {
            return; // Written before the record existed, always little-endian.
        }
        var bytes = zip.read(root + "byteorder", arena);
        var word = bytes.byteSize() > 16
                ? "(long)"
                : new String(bytes.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.ISO_8859_1);
        if (!word.equals("little")) {
            throw CheckpointException.of(
                    file, "has byte order '%s', only 'little' is supported".formatted(CheckpointException.quote(word)));
        }
    }

    /** Collects and checks the tensors of the tree; bounded, because shared and cyclic references are possible. */
    private final class Flattening {
        private final ZipRecords zip;
        private final String root;
        private final long fileBytes;
        private final Map<String, MemorySegment> storages = new HashMap<>();
        private int nodes;
        private long nameCharacters;
        private long copiedBytes;

        Flattening(ZipRecords zip, String root, long fileBytes) {
            this.zip = zip;
            this.root = root;
            this.fileBytes = fileBytes;
        }

        void walk(String name, Object value, int depth) {
            if (++nodes > MAX_NODES || depth > MAX_DEPTH) {
                throw CheckpointException.of(file, "nests its containers too deeply");
            }
            switch (value) {
                case TensorView view -> add(name, view);
                case Dict dict ->
                    dict.items.forEach((key, item) -> {
                        if (item instanceof TensorView && !(key instanceof String)) {
                            throw CheckpointException.of(
                                    file,
                                    "has a tensor under the key %s, which is not a string"
                                            .formatted(CheckpointException.quote(key.toString())));
                        }
                        walk(child(name, depth, key.toString()), item, depth + 1);
                    });
                case PyList(var items) -> walkAll(name, items, depth);
                case Tuple(var items) -> walkAll(name, items, depth);
                default -> {
                    // Scalars beside the weights, such as an epoch number.
                }
            }
        }

        private void walkAll(String name, List<Object> items, int depth) {
            for (int i = 0; i < items.size(); i++) {
                walk(child(name, depth, Integer.toString(i)), items.get(i), depth + 1);
            }
        }

        private String child(String name, int depth, String key) {
            String child = depth == 0 ? key : name + "." + key;
            nameCharacters += child.length();
            if (child.length() > MAX_NAME || nameCharacters > MAX_NAMES) {
                throw CheckpointException.of(file, "has tensor names that are too long");
            }
            return child;
        }

        private void add(String name, TensorView view) {
            String where = "tensor '" + CheckpointException.quote(name) + "' ";
            var type = STORAGE_TYPES.getOrDefault(view.storage().type(), DataType.U8);
            var storage = storage(view, type, where);
            long elements = checkExtent(view, where);
            // A view with stride 0 may be far larger than what is stored.
            boolean justified = elements <= fileBytes / type.bytes();
            if (justified && !isContiguous(view)) {
                copiedBytes += elements * type.bytes();
                justified = copiedBytes <= fileBytes;
            }
            if (!justified) {
                throw CheckpointException.of(file, where + "is far larger than the file, of shape " + brief(view));
            }
            if (views.put(name, new Checked(type, storage, view)) != null) {
                throw CheckpointException.of(file, where + "occurs twice");
            }
        }

        private MemorySegment storage(TensorView view, DataType type, String where) {
            var storage = view.storage();
            var record = storages.get(storage.key());
            if (record == null) {
                record = zip.read(root + "data/" + storage.key(), arena);
                storages.put(storage.key(), record);
            }
            if (storage.elements() < 0 || storage.elements() > record.byteSize() / type.bytes()) {
                throw CheckpointException.of(
                        file,
                        where
                                + "says that its storage has %d elements of %s, but the record has %d bytes"
                                        .formatted(storage.elements(), type, record.byteSize()));
            }
            return record;
        }

        /** The number of elements, after checking that all of them lie in the storage. */
        private long checkExtent(TensorView view, String where) {
            try {
                boolean valid = view.shape().size() == view.strides().size()
                        && view.shape().size() <= 64
                        && view.offset() >= 0
                        && view.shape().stream().allMatch(d -> d >= 0)
                        && view.strides().stream().allMatch(s -> s >= 0);
                long elements = 1;
                long last = view.offset();
                for (int i = 0; valid && i < view.shape().size(); i++) {
                    elements = Math.multiplyExact(elements, view.shape().get(i));
                    last = Math.addExact(
                            last,
                            Math.multiplyExact(
                                    Math.max(0, view.shape().get(i) - 1),
                                    view.strides().get(i)));
                }
                if (valid && (elements == 0 || last < view.storage().elements())) {
                    return elements;
                }
            } catch (ArithmeticException e) {
                throw CheckpointException.of(file, where + "has a size beyond 2^63, of shape " + brief(view), e);
            }
            throw CheckpointException.of(
                    file,
                    where
                            + "reaches outside its storage of %d elements: shape %s, strides %s, offset %d"
                                    .formatted(
                                            view.storage().elements(),
                                            brief(view),
                                            CheckpointException.quote(
                                                    view.strides().toString()),
                                            view.offset()));
        }
    }

    private static String brief(TensorView view) {
        return CheckpointException.quote(view.shape().toString());
    }

    private static boolean isContiguous(TensorView view) {
        long step = 1;
        for (int i = view.shape().size() - 1; i >= 0; i--) {
            long dimension = view.shape().get(i);
            if (dimension == 0) {
                return true;
            }
            if (dimension != 1 && view.strides().get(i) != step) {
                return false;
            }
            step *= dimension;
        }
        return true;
    }

    @Override
    public String origin() {
        return file.toString();
    }

    /** All names, in the order of the state dict. */
    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(views.keySet());
    }

    @Override
    public Optional<Tensor> find(String name) {
        return Optional.ofNullable(views.get(name)).map(checked -> tensor(name, checked));
    }

    private Tensor tensor(String name, Checked checked) {
        var view = checked.view();
        if (!isContiguous(view)) {
            synchronized (copies) {
                return copies.computeIfAbsent(name, n -> new Tensor(n, checked.type(), view.shape(), copy(checked)));
            }
        }
        long bytes = checked.type().bytes();
        for (long dimension : view.shape()) {
            bytes *= dimension;
        }
        // An empty tensor may have any offset.
        long start = bytes == 0 ? 0 : view.offset() * checked.type().bytes();
        return new Tensor(name, checked.type(), view.shape(), checked.storage().asSlice(start, bytes));
    }

    private MemorySegment copy(Checked checked) {
        var view = checked.view();
        int bytes = checked.type().bytes();
        int rank = view.shape().size();
        long elements = view.shape().stream().reduce(1L, (a, b) -> a * b);
        var copy = arena.allocate(elements * bytes, 64);
        var index = new long[rank];
        long from = view.offset();
        for (long to = 0; to < elements; to++) {
            MemorySegment.copy(checked.storage(), from * bytes, copy, to * bytes, bytes);
            for (int axis = rank - 1; axis >= 0; axis--) {
                long stride = view.strides().get(axis);
                from += stride;
                if (++index[axis] < view.shape().get(axis)) {
                    break;
                }
                from -= stride * index[axis];
                index[axis] = 0;
            }
        }
        return copy.asReadOnly();
    }

    /** Removes the mapping and the copies. */
    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
