package dev.nextstep.server;

import dev.nextstep.server.config.ServerSettings;
import dev.nextstep.server.queue.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Optional;
import org.springframework.core.NestedExceptionUtils;

/** The server's database, or one line that says why it cannot be had. */
final class OpenedDatabase {
    private OpenedDatabase() {}

    /**
     * Opens it; makes the data folder if there is none.
     *
     * @throws StartException if it cannot be reached, or another process has the embedded one open
     */
    static Database open(ServerSettings settings) {
        try {
            Files.createDirectories(settings.data());
            return Database.open(settings.database(), settings.data());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            var reason = Optional.ofNullable(NestedExceptionUtils.getRootCause(e))
                    .orElse(e)
                    .getMessage();
            var where = settings.database().url().isPresent()
                    ? "the database %s cannot be used"
                            .formatted(settings.database().url().get())
                    : "the database in %s cannot be opened; does another server use that folder?"
                            .formatted(settings.data());
            throw new StartException(where + ": " + reason, e);
        }
    }
}
