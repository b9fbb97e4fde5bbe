package dev.nextstep.train.recipe;

import dev.nextstep.data.DataException;
import dev.nextstep.data.SampleKind;
import dev.nextstep.data.shard.DataSet;
import dev.nextstep.data.shard.Registry;
import dev.nextstep.image.SourceFit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A data set of a recipe.
 *
 * @param folder of shards, with or without a registry
 * @param kind of its samples
 * @param name in the folder's registry; empty if the folder has one data set of this kind
 * @param weight share in the mixture, above 0
 * @param fit how its pictures get their size; empty if as all others do
 */
public record DataEntry(Path folder, SampleKind kind, Optional<String> name, double weight, Optional<SourceFit> fit) {
    /** Checks the range. */
    public DataEntry {
        if (!(weight > 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException(
                    "weight is " + weight + ", allowed is more than 0; leave the set out if it is not wanted");
        }
    }

    /**
     * Opens it.
     *
     * @throws DataException if it is missing or of another kind
     */
    public DataSet open() {
        try {
            if (name.isEmpty()) {
                return DataSet.open(folder, kind);
            }
            var entry = Registry.read(folder)
                    .find(name.get())
                    .orElseThrow(() -> DataException.of(folder, "has no data set '%s'".formatted(name.get())));
            if (entry.kind() != kind) {
                throw DataException.of(
                        folder,
                        "data set '%s' holds %s, not %s"
                                .formatted(name.get(), entry.kind().id(), kind.id()));
            }
            return DataSet.open(entry);
        } catch (IOException e) {
            throw DataException.of(folder, "cannot be read: " + e.getMessage());
        }
    }
}
