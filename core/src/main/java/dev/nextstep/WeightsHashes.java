package dev.nextstep;

import dev.nextstep.checkpoint.ModelDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers the hashes of weights: reading 28 GB takes minutes, so it is done once for each state of the files. A note
 * lies in a folder of the user's, never in the model's: one small file for each model folder, valid while path, size and
 * time of every file of it stay the same. A folder that cannot be read or written only costs the time again.
 */
final class WeightsHashes {
    private static final Logger LOG = LoggerFactory.getLogger(WeightsHashes.class);
    private static final List<String> WEIGHTS = List.of(".safetensors", ".gguf", ".bin", ".pt", ".json");
    private static final int DEPTH = 3;

    private final Path folder;

    WeightsHashes(Path folder) {
        this.folder = folder;
    }

    /** In the user's folder for such things. */
    static WeightsHashes ofUser() {
        return new WeightsHashes(CacheFolder.ofUser().resolve("weights"));
    }

    /** The hash, if it is known without reading weights. */
    Optional<String> find(ModelDirectory model) {
        try {
            var lines = Files.readAllLines(note(model), StandardCharsets.UTF_8);
            return lines.size() == 2
                            && lines.get(0).matches("[0-9a-f]{64}")
                            && lines.get(1).equals(state(model))
                    ? Optional.of(lines.getFirst())
                    : Optional.empty();
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    /** The hash, read from the weights if it is not known. */
    String get(ModelDirectory model) {
        return find(model).orElseGet(() -> {
            try {
                String state = state(model);
                String hash = model.weightsHash();
                remember(note(model), hash + "\n" + state + "\n");
                return hash;
            } catch (IOException e) {
                LOG.debug("cannot remember the hash of {}: {}", model.directory(), e.toString());
                return model.weightsHash();
            }
        });
    }

    private void remember(Path note, String text) throws IOException {
        Files.createDirectories(folder);
        var temporary = folder.resolve("." + UUID.randomUUID() + ".tmp");
        try {
            Files.writeString(temporary, text);
            try {
                Files.move(temporary, note, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(temporary, note, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private Path note(ModelDirectory model) throws IOException {
        return folder.resolve(hex(model.directory().toRealPath().toString()).substring(0, 32) + ".txt");
    }

    /** Path, size and time of all files that can hold weights or say where they are. */
    private static String state(ModelDirectory model) throws IOException {
        var lines = new TreeSet<String>();
        var directory = model.directory();
        addFiles(directory, lines);
        var vae = model.config().vaeLocation().map(directory::resolve);
        if (vae.isPresent() && Files.exists(vae.get()) && !vae.get().startsWith(directory)) {
            addFiles(vae.get(), lines);
        }
        return hex(String.join("\n", lines));
    }

    private static void addFiles(Path place, Set<String> lines) throws IOException {
        try (Stream<Path> files = Files.walk(place, DEPTH, FileVisitOption.FOLLOW_LINKS)) {
            for (var file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                String name = place.relativize(file).toString();
                if (WEIGHTS.stream().anyMatch(name::endsWith)) {
                    lines.add("%s %d %s".formatted(name, Files.size(file), Files.getLastModifiedTime(file)));
                }
            }
        } catch (UncheckedIOException e) {
            throw new IOException(e);
        }
    }

    /** Bytes of the files of a model, to tell small ones from large ones. */
    static long bytes(ModelDirectory model) {
        return Stream.of(model.tensors(), model.vae().tensors())
                .flatMap(source -> source.names().stream().flatMap(name -> source.find(name).stream()))
                .mapToLong(tensor -> tensor.data().byteSize())
                .sum();
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(SourcePicture.newSha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
