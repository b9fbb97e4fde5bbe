package dev.nextstep.server.config;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Where the server keeps what it must not lose, unless a setting says otherwise. */
final class DataFolder {
    private DataFolder() {}

    /** {@code nextstep4j/server} where the system keeps data of users. It need not exist yet. */
    static Path ofUser() {
        String home = System.getProperty("user.home", ".");
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        Path base;
        if (system.contains("mac")) {
            base = Path.of(home, "Library", "Application Support");
        } else if (system.contains("windows")) {
            base = variable("LOCALAPPDATA").orElse(Path.of(home, "AppData", "Local"));
        } else {
            base = variable("XDG_DATA_HOME").orElse(Path.of(home, ".local", "share"));
        }
        return base.resolve("nextstep4j").resolve("server");
    }

    private static Optional<Path> variable(String name) {
        return Optional.ofNullable(System.getenv(name))
                .filter(value -> !value.isEmpty())
                .map(Path::of);
    }
}
