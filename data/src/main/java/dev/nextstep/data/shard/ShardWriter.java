package dev.nextstep.data.shard;

import dev.nextstep.data.DataException;
import dev.nextstep.data.DataFiles;
import dev.nextstep.data.EncodedPicture;
import dev.nextstep.data.Sample;
import dev.nextstep.data.SampleKind;
import dev.nextstep.data.SampleRules;
import dev.nextstep.data.SampleSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes a data folder in the official layout (spec §8.6): one sub-folder per kind of samples with plain ustar shards
 * {@code idx_0000_0000.tar}, {@code idx_0000_0001.tar}, …, their index and sums, and a registry for all.
 *
 * <p>Everything is made in a folder beside the target, which takes the target's place in {@link #close}: there is the old
 * data or the new, never a part. The same samples in the same order give the same bytes.
 *
 * <p>All pictures of a sample are stored with the ending of the first, whatever their format, because the official reader
 * numbers pictures per ending; readers tell the format by the content.
 *
 * <p>Not thread-safe.
 */
public final class ShardWriter implements SampleSink {
    private static final Set<String> EXTENSIONS = Set.of("png", "jpg", "jpeg", "webp");
    private static final int PER_BATCH = 10_000;

    private final Path target;
    private final Path working;
    private final ShardOptions options;
    private final Map<SampleKind, Shards> kinds = new EnumMap<>(SampleKind.class);
    private boolean open = true;

    private ShardWriter(Path target, Path working, ShardOptions options) {
        this.target = target;
        this.working = working;
        this.options = options;
    }

    /**
     * Begins a data folder.
     *
     * @param folder does not exist yet, is empty, or may be replaced by {@link IfFolderExists#REPLACE}; its parent exists
     * @throws DataException if the folder is there and must not be replaced, or is a file
     */
    public static ShardWriter create(Path folder, ShardOptions options) throws IOException {
        Path target = folder.toAbsolutePath().normalize();
        if (Files.exists(target)) {
            if (!Files.isDirectory(target)) {
                throw DataException.of(folder, "is a file; name a folder");
            }
            if (options.ifExists() == IfFolderExists.REFUSE && !isEmpty(target)) {
                throw DataException.of(folder, "exists and is not empty; name another folder or ask for replacement");
            }
            if (!isEmpty(target) && !Registry.isIn(target)) {
                throw DataException.of(
                        folder,
                        "is not empty and no data folder (it has no %s), so it is not replaced"
                                .formatted(ShardRules.REGISTRY));
            }
        }
        Path parent = target.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw DataException.of(folder, "its parent folder does not exist; make it first");
        }
        Path working = DataFiles.beside(target, "building");
        Files.createDirectory(working);
        return new ShardWriter(target, working, options);
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    /**
     * Takes a sample.
     *
     * @throws DataException if its key breaks the rules or was there before in this kind, or a picture's extension is not
     *     png, jpg, jpeg or webp, or it has no pictures where its kind needs some; nothing is stored then
     */
    @Override
    public void add(Sample sample) throws IOException {
        if (!open) {
            throw new IllegalStateException("the writer is closed");
        }
        ShardRules.checkKey(sample.key());
        SampleRules.problem(sample).ifPresent(problem -> {
            throw new DataException("sample '%s': %s".formatted(sample.key(), problem));
        });
        for (EncodedPicture picture : sample.pictures()) {
            if (!EXTENSIONS.contains(picture.extension())) {
                throw new DataException(
                        "sample '%s': a picture has the extension '%s'; png, jpg, jpeg and webp are known"
                                .formatted(sample.key(), picture.extension()));
            }
        }
        var shards = kinds.get(sample.kind());
        if (shards == null) {
            Path folder = Files.createDirectory(working.resolve(sample.kind().id()));
            shards = new Shards(folder);
            kinds.put(sample.kind(), shards);
        }
        shards.add(sample);
    }

    /** Number of samples taken so far. */
    public long samples() {
        return kinds.values().stream().mapToLong(s -> s.keys.size()).sum();
    }

    /** Completes the data and puts it in its place; does nothing after {@link #discard} or a second time. */
    @Override
    public void close() throws IOException {
        if (!open) {
            return;
        }
        open = false;
        try {
            var entries = new ArrayList<RegistryEntry>();
            for (var kind : kinds.entrySet()) {
                var shards = kind.getValue();
                shards.finish();
                new ShardIndex(shards.finished).write(shards.folder);
                entries.add(new RegistryEntry(
                        options.name() + "/" + kind.getKey().id(),
                        kind.getKey(),
                        shards.folder,
                        shards.folder.resolve(ShardRules.INDEX),
                        shards.keys.size(),
                        options.description()));
            }
            new Registry(entries).write(working);
            DataFiles.replaceFolder(working, target);
        } finally {
            release();
        }
    }

    /** Gives everything up; the target stays as it was. */
    public void discard() throws IOException {
        open = false;
        release();
    }

    private void release() throws IOException {
        for (var shards : kinds.values()) {
            shards.release();
        }
        DataFiles.deleteTree(working);
    }

    /** The shards of one kind. */
    private final class Shards {
        private final Path folder;
        private final List<ShardInfo> finished = new ArrayList<>();
        private final Set<String> keys = new HashSet<>();
        private @Nullable ShardFile current;

        Shards(Path folder) {
            this.folder = folder;
        }

        void add(Sample sample) throws IOException {
            if (!keys.add(sample.key())) {
                throw new DataException("key '%s' comes a second time among the samples of kind %s"
                        .formatted(sample.key(), sample.kind().id()));
            }
            var file = current;
            if (file != null && (file.samples() >= options.maxSamples() || file.bytes() >= options.maxBytes())) {
                finish();
                file = null;
            }
            if (file == null) {
                file = new ShardFile(folder.resolve(name()));
                current = file;
            }
            file.add(sample);
        }

        private String name() {
            int n = finished.size();
            return "idx_%04d_%04d.tar".formatted(n / PER_BATCH, n % PER_BATCH);
        }

        void finish() throws IOException {
            var file = current;
            if (file == null) {
                return;
            }
            String name = name();
            file.finish();
            file.close();
            finished.add(new ShardInfo(name, file.samples(), file.bytes(), file.checksum()));
            current = null;
        }

        void release() throws IOException {
            if (current != null) {
                current.close();
                current = null;
            }
        }
    }
}
