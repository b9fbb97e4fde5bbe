package dev.nextstep.checkpoint;

import dev.nextstep.tensor.Tensor;
import dev.nextstep.tensor.TensorSource;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tensors spread over several safetensors files by an index ({@code model.safetensors.index.json}). Every listed tensor
 * must be in the file that the index names; tensors of the files that the index does not list are not seen.
 */
public final class ShardedSafetensors implements TensorSource, AutoCloseable {
    /** Largest index that is read: 700 tensors take 60 kB. */
    private static final long MAX_INDEX_BYTES = 16 << 20;

    private static final int MAX_SHARDS = 10_000;

    private final Path index;
    private final Map<String, Safetensors> shards;
    private final Map<String, Safetensors> places;

    private ShardedSafetensors(Path index, Map<String, Safetensors> shards, Map<String, Safetensors> places) {
        this.index = index;
        this.shards = shards;
        this.places = Collections.unmodifiableMap(places);
    }

    /**
     * Reads an index and maps every shard that it names; shards lie in the folder of the index.
     *
     * @throws CheckpointException if the index or a shard is missing or damaged, or they disagree
     */
    public static ShardedSafetensors open(Path index) {
        var weightMap = Json.read(index, MAX_INDEX_BYTES)
                .get("weight_map")
                .orElseThrow(() -> CheckpointException.of(index, "has no weight_map"));
        var shards = new LinkedHashMap<String, Safetensors>();
        var places = new LinkedHashMap<String, Safetensors>();
        try {
            for (var entry : weightMap.members().entrySet()) {
                String shardName = shardName(entry.getValue());
                var shard = shards.get(shardName);
                if (shard == null) {
                    if (shards.size() == MAX_SHARDS) {
                        throw CheckpointException.of(index, "names more than " + MAX_SHARDS + " files");
                    }
                    shard = Safetensors.open(index.resolveSibling(shardName));
                    shards.put(shardName, shard);
                }
                if (!shard.names().contains(entry.getKey())) {
                    throw CheckpointException.of(
                            index,
                            "tensor '%s' should be in %s but is not"
                                    .formatted(CheckpointException.quote(entry.getKey()), shardName));
                }
                places.put(entry.getKey(), shard);
            }
            return new ShardedSafetensors(index, shards, places);
        } catch (RuntimeException e) {
            shards.values().forEach(Safetensors::close);
            throw e;
        }
    }

    // Only the name is judged: the files themselves may be links, as in the cache of the Hugging Face hub.
    private static String shardName(Json value) {
        String name = value.text();
        boolean plain = !name.isEmpty()
                && name.length() <= 255
                && name.charAt(0) != '.'
                && name.chars().noneMatch(c -> c == '/' || c == '\\' || c == ':' || Character.isISOControl(c));
        if (!plain) {
            throw value.refused("expected the plain name of a file beside the index");
        }
        return name;
    }

    @Override
    public String origin() {
        return index.toString();
    }

    /** All names, in the order of the index. */
    @Override
    public Set<String> names() {
        return places.keySet();
    }

    @Override
    public Optional<Tensor> find(String name) {
        return Optional.ofNullable(places.get(name)).flatMap(shard -> shard.find(name));
    }

    /** Removes all mappings. */
    @Override
    public void close() {
        shards.values().forEach(Safetensors::close);
    }
}
