package dev.nextstep.cli;

import dev.nextstep.checkpoint.CheckpointException;
import dev.nextstep.hub.HubClient;
import dev.nextstep.hub.HubReference;
import dev.nextstep.hub.HubSettings;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Finds a model: a folder, or a repository of a hub that was pulled. Asks no network. */
public final class ModelLocator {
    private final HubSettings hub;

    /** Looks in the cache that these settings name. */
    public ModelLocator(HubSettings hub) {
        this.hub = hub;
    }

    /**
     * The folder of a model.
     *
     * @param name a folder, or {@code org/model[@revision]}
     * @throws CheckpointException if it is neither; the message says how to fetch it
     */
    public Path find(String name) {
        try {
            if (Files.isDirectory(Path.of(name))) {
                return Path.of(name);
            }
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("--model: '%s' is not a path".formatted(name), e);
        }
        var reference = reference(name);
        if (reference.isEmpty()) {
            return Path.of(name); // opening it says what is wrong
        }
        return new HubClient(hub)
                .cached(reference.get())
                .orElseThrow(() -> new CheckpointException(
                        "model %s: no such folder, and it is not in the cache %s; fetch it with: nextstep pull %s"
                                .formatted(name, hub.cache(), name)));
    }

    /** The name as that of a repository. */
    static Optional<HubReference> reference(String name) {
        try {
            return name.startsWith(".") || name.startsWith("~") || Path.of(name).isAbsolute()
                    ? Optional.empty()
                    : Optional.of(HubReference.parse(name));
        } catch (IllegalArgumentException notOfThatForm) {
            return Optional.empty();
        }
    }
}
