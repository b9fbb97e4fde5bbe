package dev.nextstep.train.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nextstep.checkpoint.CheckpointException;
import dev.nextstep.checkpoint.IfExists;
import dev.nextstep.checkpoint.SafetensorsWriter;
import dev.nextstep.checkpoint.WeightType;
import dev.nextstep.data.DataFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.PointerScope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of a run, one folder each. A folder is written beside its place, with the length and checksum of each of
 * its files, forced to disk and moved: whatever happens meanwhile, {@link #newestWhole} finds one that is whole.
 *
 * <pre>
 * checkpoints/step-000012000/checkpoint.json        step, metrics, list of files
 *                            state.json             counters, place in the data
 *                            weights.safetensors    and other parts
 * </pre>
 */
public final class CheckpointStore {
    static final String STATE = "state.json";
    private static final Pattern NAME = Pattern.compile("step-(\\d{9,12})");
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointStore.class);

    private final Path folder;

    /** The checkpoints of that folder, which appears with the first. */
    public CheckpointStore(Path folder) {
        this.folder = folder;
    }

    /**
     * Saves a checkpoint; one of the same step is replaced.
     *
     * @return where it is
     * @throws RunException if it cannot be written; others are as they were
     */
    public Path save(Checkpoint checkpoint) {
        Path place = folder.resolve(String.format(Locale.ROOT, "step-%09d", checkpoint.step()));
        Path temporary = DataFiles.beside(place, "tmp");
        try {
            Files.createDirectories(temporary);
            try {
                write(temporary, checkpoint);
                DataFiles.replaceFolder(temporary, place);
            } finally {
                DataFiles.deleteTree(temporary);
            }
            return place;
        } catch (IOException | CheckpointException e) {
            throw new RunException("checkpoint %s cannot be written: %s".formatted(place, e.getMessage()), e);
        }
    }

    private static void write(Path target, Checkpoint checkpoint) throws IOException {
        for (var part : checkpoint.parts().entrySet()) {
            try (var _ = new PointerScope()) {
                var tensors = new ArrayList<dev.nextstep.tensor.Tensor>();
                part.getValue().forEach((name, tensor) -> tensors.add(TensorMemory.view(name, tensor)));
                SafetensorsWriter.write(
                        target.resolve(part.getKey() + ".safetensors"),
                        tensors,
                        Map.of("format", "pt"),
                        WeightType.AS_IS,
                        IfExists.REFUSE);
            }
        }
        DataFiles.write(
                target.resolve(STATE),
                MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(checkpoint.state()) + "\n");
        DataFiles.write(
                target.resolve(CheckpointManifest.FILE),
                CheckpointManifest.of(target, checkpoint).text());
    }

    /** What is there, in rising order of steps, by name and manifest alone; what has no readable manifest is left out. */
    public List<CheckpointInfo> list() {
        var found = new ArrayList<CheckpointInfo>();
        for (Path place : folders()) {
            try {
                var manifest = CheckpointManifest.read(place);
                found.add(new CheckpointInfo(place, manifest.step(), manifest.metrics()));
            } catch (IOException e) {
                // newestWhole says so to whoever wants to resume.
                LOG.debug("{} has no readable list of files", place, e);
            }
        }
        found.sort(Comparator.comparingLong(CheckpointInfo::step));
        return found;
    }

    private List<Path> folders() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var entries = Files.list(folder)) {
            return entries.filter(p -> NAME.matcher(p.getFileName().toString()).matches())
                    .sorted(Comparator.comparingLong(CheckpointStore::stepOf))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long stepOf(Path place) {
        var matcher = NAME.matcher(place.getFileName().toString());
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
    }

    /**
     * Opens the newest checkpoint whose files all have the checksums they were written with.
     *
     * @param damaged is told of newer ones that have not, and why
     * @return empty if there is none
     */
    public Optional<StoredCheckpoint> newestWhole(Consumer<String> damaged) {
        for (Path place : folders().reversed()) {
            try {
                return Optional.of(open(place));
            } catch (RunException e) {
                damaged.accept(e.getMessage());
            }
        }
        return Optional.empty();
    }

    /** The best one that is whole; empty if none has the metric. */
    public Optional<StoredCheckpoint> best(Ranking ranking, Consumer<String> damaged) {
        for (var info : ranking.bestFirst(list())) {
            try {
                return Optional.of(open(info.folder()));
            } catch (RunException e) {
                damaged.accept(e.getMessage());
            }
        }
        return Optional.empty();
    }

    /**
     * Opens a checkpoint after a look at every byte of it.
     *
     * @throws RunException if it is not whole; the message says which file and why
     */
    public static StoredCheckpoint open(Path place) {
        try {
            var manifest = CheckpointManifest.read(place);
            var damage = manifest.damage(place);
            if (damage.isPresent()) {
                throw new RunException("checkpoint %s is damaged: %s".formatted(place, damage.get()));
            }
            var state = MAPPER.readTree(place.resolve(STATE).toFile());
            return StoredCheckpoint.open(new CheckpointInfo(place, manifest.step(), manifest.metrics()), state);
        } catch (IOException e) {
            throw new RunException("checkpoint %s cannot be read: %s".formatted(place, e.getMessage()), e);
        }
    }

    /**
     * Removes what need not be kept, and what killed runs left half-written. Only for whoever holds the lock of the run.
     *
     * @return the folders that are gone
     */
    public List<Path> prune(Retention retention) {
        try {
            var gone = new ArrayList<Path>();
            for (var checkpoint : retention.superfluous(list())) {
                // Out of sight first: a folder half deleted is then no damaged checkpoint.
                Path aside = DataFiles.beside(checkpoint.folder(), "old");
                DataFiles.move(checkpoint.folder(), aside);
                gone.add(checkpoint.folder());
            }
            if (Files.isDirectory(folder)) {
                try (var leftovers = Files.newDirectoryStream(folder, ".step-*")) {
                    for (Path leftover : leftovers) {
                        DataFiles.deleteTree(leftover);
                    }
                }
            }
            return gone;
        } catch (IOException e) {
            throw new RunException("old checkpoints in %s cannot be removed: %s".formatted(folder, e.getMessage()), e);
        }
    }
}
