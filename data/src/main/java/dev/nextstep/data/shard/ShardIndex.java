package dev.nextstep.data.shard;

import dev.nextstep.data.DataException;
import dev.nextstep.data.DataFiles;
import dev.nextstep.data.DataJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Adler32;

/**
 * The index of a data set, {@code tar_meta.json}: shard → {num_samples, size, checksum}, with the sums in a file beside it
 * (spec §8.6).
 *
 * @param shards in the order of the file
 */
public record ShardIndex(List<ShardInfo> shards) {
    /** Copies the list. */
    public ShardIndex {
        shards = List.copyOf(shards);
    }

    /** Number of samples of all shards. */
    public long samples() {
        return shards.stream().mapToLong(ShardInfo::samples).sum();
    }

    /**
     * Reads an index.
     *
     * @throws DataException if it is missing or wrong, or names a file outside of the data set's folder
     */
    public static ShardIndex read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw DataException.of(file, "no such index; make it with DataSetIndexer ('nextstep data index')");
        }
        var shards = new ArrayList<ShardInfo>();
        for (var member : DataJson.readObject(file).entrySet()) {
            String path = member.getKey();
            // An index may come from elsewhere; it must not lead out of the data set.
            if (Path.of(path).isAbsolute() || Path.of(path).normalize().startsWith("..")) {
                throw DataException.of(file, "shard '" + path + "' lies outside of the data set");
            }
            if (!(member.getValue() instanceof Map<?, ?> fields)) {
                throw DataException.of(file, "shard '" + path + "' is no object");
            }
            shards.add(new ShardInfo(
                    path,
                    Math.toIntExact(number(file, path, fields, "num_samples", Integer.MAX_VALUE)),
                    number(file, path, fields, "size", Long.MAX_VALUE),
                    number(file, path, fields, "checksum", 0xffffffffL)));
        }
        return new ShardIndex(shards);
    }

    private static long number(Path file, String path, Map<?, ?> fields, String key, long max) {
        if (fields.get(key) instanceof Number n && n.longValue() >= 0 && n.longValue() <= max) {
            return n.longValue();
        }
        throw DataException.of(file, "shard '%s': %s must be a number from 0 to %d".formatted(path, key, max));
    }

    /** Writes index and sums into the folder of the data set, under their usual names. */
    public void write(Path folder) throws IOException {
        var json = new LinkedHashMap<String, Object>();
        for (var shard : shards) {
            var fields = new LinkedHashMap<String, Object>();
            fields.put("num_samples", shard.samples());
            fields.put("size", shard.size());
            fields.put("checksum", shard.checksum());
            json.put(shard.path(), fields);
        }
        DataFiles.write(folder.resolve(ShardRules.INDEX), DataJson.pretty(json));
        var sums = new LinkedHashMap<String, Object>();
        sums.put("total_samples", samples());
        sums.put("total_files", shards.size());
        sums.put("dataset_path", ".");
        DataFiles.write(folder.resolve(ShardRules.STATS), DataJson.pretty(sums));
    }

    /** Adler-32 of a file. */
    public static long checksum(Path file) throws IOException {
        var sum = new Adler32();
        var buffer = new byte[1 << 16];
        try (var in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sum.update(buffer, 0, n);
            }
        }
        return sum.getValue();
    }
}
