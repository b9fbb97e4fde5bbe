package dev.nextstep.data.tool;

import dev.nextstep.data.DataException;
import dev.nextstep.data.SampleKind;
import dev.nextstep.data.shard.Damage;
import dev.nextstep.data.shard.DamageReport;
import dev.nextstep.data.shard.DataSet;
import dev.nextstep.data.shard.Registry;
import dev.nextstep.data.shard.RegistryEntry;
import dev.nextstep.data.shard.ShardIndex;
import dev.nextstep.data.shard.ShardInfo;
import dev.nextstep.data.shard.ShardReader;
import dev.nextstep.data.shard.ShardRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes index and registry of shards that lie in a folder, for example after they were copied from elsewhere. */
public final class DataSetIndexer {
    private DataSetIndexer() {}

    /**
     * What was indexed.
     *
     * @param sets the data sets as the registry has them now
     * @param damage what was found damaged in tar files, by reason; samples are not looked into
     * @param details the first thousand
     */
    public record Result(List<RegistryEntry> sets, Map<Damage.Reason, Integer> damage, List<Damage> details) {
        /** Copies lists and map. */
        public Result {
            sets = List.copyOf(sets);
            damage = Map.copyOf(damage);
            details = List.copyOf(details);
        }
    }

    /**
     * Counts the samples of all shards, computes their checksums, and writes index, sums and registry; those that are there
     * are replaced.
     *
     * @param folder with shards in sub-folders named after the kinds ({@code image_text_pair/*.tar}, …), or, if a kind is
     *     given, with shards of this kind in itself
     * @param name of the data in the registry
     * @param kind kind of the shards that lie in the folder itself
     * @throws DataException if there are no shards
     */
    public static Result index(Path folder, String name, Optional<SampleKind> kind, Work work) throws IOException {
        var entries = new ArrayList<RegistryEntry>();
        var damage = new DamageReport();
        if (kind.isPresent()) {
            entries.add(index(folder, folder, name, kind.get(), damage, work));
        } else {
            for (var each : SampleKind.values()) {
                Path sub = folder.resolve(each.id());
                if (Files.isDirectory(sub)) {
                    entries.add(index(folder, sub, name, each, damage, work));
                }
            }
        }
        if (entries.isEmpty()) {
            throw DataException.of(
                    folder,
                    "has no folder named after a kind (nlp, image_text_pair, image_editing, interleave); if its own shards are meant, say of which kind they are");
        }
        new Registry(entries).write(folder);
        return new Result(entries, damage.counts(), damage.details());
    }

    private static RegistryEntry index(
            Path root, Path folder, String name, SampleKind kind, DamageReport damage, Work work) throws IOException {
        var shards = new ArrayList<ShardInfo>();
        var files = DataSet.tars(folder);
        for (Path file : files) {
            work.step(root.relativize(file).toString(), shards.size(), files.size());
            try (var reader = ShardReader.open(file, kind)) {
                damage.addAll(reader.damage());
                shards.add(new ShardInfo(
                        file.getFileName().toString(), reader.size(), Files.size(file), ShardIndex.checksum(file)));
            }
        }
        if (shards.isEmpty()) {
            throw DataException.of(folder, "has no shards (*.tar)");
        }
        var index = new ShardIndex(shards);
        index.write(folder);
        return new RegistryEntry(
                name + "/" + kind.id(), kind, folder, folder.resolve(ShardRules.INDEX), index.samples(), "");
    }
}
