package dev.nextstep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version, as the build writes it. */
final class Version {
    static final String VALUE = read();

    private Version() {}

    private static String read() {
        try (var in = Version.class.getResourceAsStream("version.properties")) {
            if (in == null) {
                throw new IllegalStateException("version.properties is missing from the build");
            }
            var properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
