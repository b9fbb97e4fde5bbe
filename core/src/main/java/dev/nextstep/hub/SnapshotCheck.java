package dev.nextstep.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whether a directory of the cache holds a model as far as it can be told without asking the hub. */
final class SnapshotCheck {
    private static final long LARGEST_INDEX = 64 << 20;
    private static final int DEEPEST = 8;

    private SnapshotCheck() {}

    static boolean isComplete(Path directory) throws IOException {
        if (!Files.isRegularFile(directory.resolve("config.json"))) {
            return false;
        }
        List<Path> entries;
        try (var walk = Files.walk(directory, DEEPEST)) {
            entries = walk.toList();
        }
        for (var entry : entries) {
            if (!Files.exists(entry)) {
                return false;
            }
            if (entry.toString().endsWith(".safetensors.index.json") && !hasShards(entry)) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasShards(Path index) throws IOException {
        if (Files.size(index) > LARGEST_INDEX) {
            return false;
        }
        try {
            var shards = HubJson.object(HubJson.parse(index.toString(), Files.readAllBytes(index)), "weight_map");
            return shards.isPresent()
                    && shards.get().values().stream()
                            .distinct()
                            .allMatch(name -> name instanceof String shard
                                    && FileNames.fault(shard).isEmpty()
                                    && Files.isRegularFile(index.resolveSibling(shard)));
        } catch (HubException e) {
            // Not an index at all: the model is not usable as it is.
            return false;
        }
    }
}
