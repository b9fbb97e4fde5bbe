package dev.nextstep;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** The user's folder for what can be made or fetched again. */
public final class CacheFolder {
    private static final String PROPERTY = "nextstep.cache";
    private static final String VARIABLE = "NEXTSTEP_CACHE";

    private CacheFolder() {}

    /**
     * Where it is: the property {@code nextstep.cache}, else the variable {@code NEXTSTEP_CACHE}, else {@code nextstep4j}
     * where the system keeps such folders. It need not exist yet.
     */
    public static Path ofUser() {
        String chosen = System.getProperty(PROPERTY, value(VARIABLE));
        if (!chosen.isEmpty()) {
            return Path.of(chosen);
        }
        String home = System.getProperty("user.home", ".");
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (system.contains("mac")) {
            return Path.of(home, "Library", "Caches", "nextstep4j");
        }
        if (system.contains("windows") && !value("LOCALAPPDATA").isEmpty()) {
            return Path.of(value("LOCALAPPDATA"), "nextstep4j", "cache");
        }
        String base = value("XDG_CACHE_HOME");
        return (base.isEmpty() ? Path.of(home, ".cache") : Path.of(base)).resolve("nextstep4j");
    }

    private static String value(String variable) {
        return Optional.ofNullable(System.getenv(variable)).orElse("");
    }
}
