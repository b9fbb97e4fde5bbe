package dev.nextstep.data.shard;

import dev.nextstep.data.DataException;
import dev.nextstep.data.DataFiles;
import dev.nextstep.data.DataJson;
import dev.nextstep.data.SampleKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The file that names data sets, {@code pretrain_data.json}: name → {data_type, dir, tar_meta_path, num_samples,
 * description} (spec §8.6). Paths in it are relative to its own folder, so that a data folder may be moved; absolute ones
 * are understood.
 *
 * @param entries the data sets in the order of the file
 */
public record Registry(List<RegistryEntry> entries) {
    /** Copies the list. */
    public Registry {
        entries = List.copyOf(entries);
    }

    /** Whether a folder has a registry. */
    public static boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve(ShardRules.REGISTRY));
    }

    /**
     * Reads a registry.
     *
     * @param folderOrFile the file, or the folder that holds it under its usual name
     * @throws DataException if it is missing or wrong; the message names file and entry
     */
    public static Registry read(Path folderOrFile) throws IOException {
        Path file = Files.isDirectory(folderOrFile) ? folderOrFile.resolve(ShardRules.REGISTRY) : folderOrFile;
        if (!Files.isRegularFile(file)) {
            throw DataException.of(
                    file,
                    "no such file; a data folder has one, or make it with DataSetIndexer ('nextstep data index')");
        }
        Path base = file.toAbsolutePath().getParent();
        var entries = new ArrayList<RegistryEntry>();
        for (var member : DataJson.readObject(file).entrySet()) {
            if (!(member.getValue() instanceof Map<?, ?> fields)) {
                throw DataException.of(file, "entry '" + member.getKey() + "' is no object");
            }
            entries.add(entry(file, base == null ? file : base, member.getKey(), fields));
        }
        return new Registry(entries);
    }

    private static RegistryEntry entry(Path file, Path base, String name, Map<?, ?> fields) {
        SampleKind kind;
        try {
            kind = SampleKind.of(text(file, name, fields, "data_type"));
        } catch (IllegalArgumentException e) {
            throw new DataException(file + ": entry '" + name + "': " + e.getMessage(), e);
        }
        if (!(fields.get("num_samples") instanceof Number samples) || samples.longValue() < 0) {
            throw DataException.of(file, "entry '" + name + "' has no num_samples, a number from 0 on");
        }
        return new RegistryEntry(
                name,
                kind,
                base.resolve(text(file, name, fields, "dir")).normalize(),
                base.resolve(text(file, name, fields, "tar_meta_path")).normalize(),
                samples.longValue(),
                fields.get("description") instanceof String description ? description : "");
    }

    private static String text(Path file, String name, Map<?, ?> fields, String key) {
        if (fields.get(key) instanceof String text) {
            return text;
        }
        throw DataException.of(file, "entry '%s' has no text for '%s'".formatted(name, key));
    }

    /** The data set of this name. */
    public Optional<RegistryEntry> find(String name) {
        return entries.stream().filter(e -> e.name().equals(name)).findFirst();
    }

    /** Writes the file into a folder, under its usual name. */
    public void write(Path folder) throws IOException {
        var json = new LinkedHashMap<String, Object>();
        for (var entry : entries) {
            var fields = new LinkedHashMap<String, Object>();
            fields.put("data_type", entry.kind().id());
            fields.put("dir", relative(folder, entry.folder()));
            fields.put("tar_meta_path", relative(folder, entry.index()));
            fields.put("num_samples", entry.samples());
            fields.put("description", entry.description());
            json.put(entry.name(), fields);
        }
        DataFiles.write(folder.resolve(ShardRules.REGISTRY), DataJson.pretty(json));
    }

    private static String relative(Path folder, Path path) {
        Path base = folder.toAbsolutePath().normalize();
        Path absolute = path.toAbsolutePath().normalize();
        String text = absolute.startsWith(base) ? base.relativize(absolute).toString() : absolute.toString();
        return text.replace('\\', '/');
    }
}
