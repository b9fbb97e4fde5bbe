package dev.nextstep.data.tool;

import dev.nextstep.data.shard.Damage;
import dev.nextstep.data.shard.DataSet;
import dev.nextstep.data.shard.ShardIndex;
import dev.nextstep.image.PictureException;
import dev.nextstep.image.PictureReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;

/** Checks a data folder: sizes and checksums of shards, counts, every sample, every picture. */
public final class DataChecker {
    private DataChecker() {}

    /**
     * Checks everything. Damage is a result, not an exception.
     *
     * @param folder a folder with a registry
     * @throws dev.nextstep.data.DataException if registry or an index cannot be read
     */
    public static CheckResult check(Path folder, PictureReader reader, Work work) throws IOException {
        var sets = new ArrayList<CheckResult.SetResult>();
        for (var data : DataSet.openAll(folder)) {
            try (data) {
                sets.add(check(data, reader, work));
            }
        }
        return new CheckResult(sets);
    }

    private static CheckResult.SetResult check(DataSet data, PictureReader reader, Work work) throws IOException {
        long bytes = 0;
        for (var shard : data.shards()) {
            work.step("checksum of " + shard.path(), bytes, -1);
            Path file = data.folder().resolve(shard.path());
            if (!Files.isRegularFile(file)) {
                continue; // reading says so
            }
            long size = Files.size(file);
            bytes += size;
            if (size != shard.size()) {
                data.damage()
                        .add(new Damage(
                                Damage.Reason.WRONG_CHECKSUM,
                                file,
                                shard.path(),
                                "the index says %d bytes, the file has %d".formatted(shard.size(), size)));
            } else if (ShardIndex.checksum(file) != shard.checksum()) {
                data.damage()
                        .add(new Damage(
                                Damage.Reason.WRONG_CHECKSUM,
                                file,
                                shard.path(),
                                "the file's Adler-32 is not %d".formatted(shard.checksum())));
            }
        }
        long good = 0;
        for (long i = 0; i < data.size(); i++) {
            work.step("samples of " + data.name(), i, data.size());
            good += isGood(data, i, reader) ? 1 : 0;
        }
        return new CheckResult.SetResult(
                data.name(),
                data.kind(),
                data.shards().size(),
                bytes,
                data.size(),
                good,
                data.damage().counts(),
                data.damage().details());
    }

    private static boolean isGood(DataSet data, long index, PictureReader reader) {
        var sample = data.read(index);
        if (sample.isEmpty()) {
            return false;
        }
        String key = sample.get().key();
        try {
            int number = 0;
            for (var picture : sample.get().pictures()) {
                reader.read(picture.bytes(), key + ", picture " + number++);
            }
            return true;
        } catch (PictureException e) {
            data.damage()
                    .add(new Damage(
                            Damage.Reason.BAD_PICTURE, data.shardOf(index), key, String.valueOf(e.getMessage())));
            return false;
        }
    }
}
