package dev.nextstep.data.shard;

import dev.nextstep.data.DataException;
import dev.nextstep.data.Sample;
import dev.nextstep.data.SampleKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one kind in a data folder, by number: 0 … {@link #size} − 1 through all shards in the order of the index.
 * Shards are opened when needed, and at most {@value #OPEN_SHARDS} stay open.
 *
 * <p>A damaged sample never stops the work: {@link #read} gives nothing for it, and {@link #damage} counts it.
 *
 * <p>Thread-safe.
 */
public final class DataSet implements AutoCloseable {
    private static final int OPEN_SHARDS = 128;

    private final String name;
    private final SampleKind kind;
    private final Path folder;
    private final List<ShardInfo> shards;
    private final long[] firstSample;
    private final DamageReport damage = new DamageReport();
    private final Map<Integer, Optional<ShardReader>> open = new LinkedHashMap<>(16, 0.75f, true);

    private DataSet(String name, SampleKind kind, Path folder, List<ShardInfo> shards) {
        this.name = name;
        this.kind = kind;
        this.folder = folder;
        this.shards = List.copyOf(shards);
        firstSample = new long[shards.size() + 1];
        for (int i = 0; i < shards.size(); i++) {
            firstSample[i + 1] = firstSample[i] + shards.get(i).samples();
        }
    }

    /**
     * Opens every data set that a folder's registry names.
     *
     * @throws DataException if registry or an index is missing or wrong
     */
    public static List<DataSet> openAll(Path folder) throws IOException {
        var sets = new ArrayList<DataSet>();
        for (var entry : Registry.read(folder).entries()) {
            sets.add(open(entry));
        }
        return sets;
    }

    /** Opens one data set of a registry. */
    public static DataSet open(RegistryEntry entry) throws IOException {
        return new DataSet(
                entry.name(),
                entry.kind(),
                entry.folder(),
                ShardIndex.read(entry.index()).shards());
    }

    /**
     * Opens the samples of one kind: those that the folder's registry names, or, in a folder of shards without a registry,
     * all shards ({@code *.tar}) as samples of this kind, which are then counted first.
     *
     * @throws DataException if there is nothing of this kind, or several data sets are
     */
    public static DataSet open(Path folder, SampleKind kind) throws IOException {
        if (Registry.isIn(folder)) {
            var found = Registry.read(folder).entries().stream()
                    .filter(e -> e.kind() == kind)
                    .toList();
            if (found.size() != 1) {
                throw DataException.of(
                        folder,
                        found.isEmpty()
                                ? "has no samples of kind " + kind.id()
                                : "has %d data sets of kind %s (%s); open one of them by Registry.find"
                                        .formatted(
                                                found.size(),
                                                kind.id(),
                                                String.join(
                                                        ", ",
                                                        found.stream()
                                                                .map(RegistryEntry::name)
                                                                .toList())));
            }
            return open(found.getFirst());
        }
        String name = folder.toAbsolutePath().normalize().getFileName() + "/" + kind.id();
        if (Files.isRegularFile(folder.resolve(ShardRules.INDEX))) {
            return new DataSet(
                    name,
                    kind,
                    folder,
                    ShardIndex.read(folder.resolve(ShardRules.INDEX)).shards());
        }
        return new DataSet(name, kind, folder, count(folder, kind));
    }

    private static List<ShardInfo> count(Path folder, SampleKind kind) throws IOException {
        var shards = new ArrayList<ShardInfo>();
        for (Path file : tars(folder)) {
            try (var reader = ShardReader.open(file, kind)) {
                shards.add(new ShardInfo(file.getFileName().toString(), reader.size(), Files.size(file), -1));
            }
        }
        if (shards.isEmpty()) {
            throw DataException.of(folder, "has no shards (*.tar) and no " + ShardRules.REGISTRY);
        }
        return shards;
    }

    /**
     * The shards that lie in a folder, sorted by name.
     *
     * @throws DataException if there is no such folder
     */
    public static List<Path> tars(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw DataException.of(folder, "no such folder");
        }
        try (var files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().endsWith(".tar") && Files.isRegularFile(f))
                    .sorted()
                    .toList();
        }
    }

    /** Name in the registry. */
    public String name() {
        return name;
    }

    /** Kind of the samples. */
    public SampleKind kind() {
        return kind;
    }

    /** Folder of the shards. */
    public Path folder() {
        return folder;
    }

    /** The shards; a checksum of −1 means that none is known. */
    public List<ShardInfo> shards() {
        return shards;
    }

    /** Number of samples, as the index says. */
    public long size() {
        return firstSample[shards.size()];
    }

    /** What was found damaged so far. */
    public DamageReport damage() {
        return damage;
    }

    /**
     * Reads a sample; its pictures are not decoded.
     *
     * @param index 0 to {@link #size} − 1
     * @return empty if it is damaged, which {@link #damage} then tells
     */
    public Optional<Sample> read(long index) {
        if (index < 0 || index >= size()) {
            throw new IndexOutOfBoundsException("sample %d of %d".formatted(index, size()));
        }
        int shard = numberOfShard(index);
        return read(shard, (int) (index - firstSample[shard]));
    }

    /** File of the shard that holds a sample. */
    public Path shardOf(long index) {
        return folder.resolve(shards.get(numberOfShard(index)).path());
    }

    private int numberOfShard(long index) {
        int low = 0;
        int high = shards.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (firstSample[middle] <= index) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    // A shard that falls out of the cache is closed, so its reading must not be going on: one reader at a time.
    private synchronized Optional<Sample> read(int shard, int index) {
        var reader = reader(shard);
        if (reader == null) {
            return Optional.empty();
        }
        if (index >= reader.size()) {
            return Optional.empty(); // noted as WRONG_COUNT when the shard was opened
        }
        return reader.read(index, damage);
    }

    private @Nullable ShardReader reader(int shard) {
        var found = open.get(shard);
        if (found == null) {
            found = openShard(shard);
            open.put(shard, found);
            if (open.size() > OPEN_SHARDS) {
                var eldest = open.entrySet().iterator().next();
                eldest.getValue().ifPresent(this::closeQuietly);
                open.remove(eldest.getKey());
            }
        }
        return found.orElse(null);
    }

    private Optional<ShardReader> openShard(int shard) {
        var info = shards.get(shard);
        Path file = folder.resolve(info.path());
        try {
            var reader = ShardReader.open(file, kind);
            damage.addAll(reader.damage());
            if (reader.size() != info.samples()) {
                damage.add(new Damage(
                        Damage.Reason.WRONG_COUNT,
                        file,
                        info.path(),
                        "the index says %d samples, the shard has %d".formatted(info.samples(), reader.size())));
            }
            return Optional.of(reader);
        } catch (IOException e) {
            damage.add(new Damage(Damage.Reason.UNREADABLE_SHARD, file, info.path(), e.toString()));
            return Optional.empty();
        }
    }

    private void closeQuietly(ShardReader reader) {
        try {
            reader.close();
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(DataSet.class).debug("closing {}: {}", reader.file(), e.toString());
        }
    }

    @Override
    public synchronized void close() {
        open.values().forEach(reader -> reader.ifPresent(this::closeQuietly));
        open.clear();
    }

    @Override
    public String toString() {
        return "%s: %d samples in %d shards".formatted(name, size(), shards.size());
    }
}
