package dev.nextstep.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;
import jdk.incubator.vector.VectorShape;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: what one needs to know to compare two results or two timings. */
final class VersionText implements IVersionProvider {

    @Override
    public String[] getVersion() {
        int bits = VectorShape.preferredShape().vectorBitSize();
        return new String[] {
            "nextstep " + number(),
            "Java %s (%s), %s %s"
                    .formatted(
                            Runtime.version(),
                            System.getProperty("java.vendor", "unknown vendor"),
                            System.getProperty("os.name"),
                            System.getProperty("os.arch")),
            "%d-bit vectors (%d floats), %d processors"
                    .formatted(bits, bits / Float.SIZE, Runtime.getRuntime().availableProcessors()),
        };
    }

    private static String number() {
        try (var in = Objects.requireNonNull(VersionText.class.getResourceAsStream("version.properties"))) {
            var properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
