package dev.nextstep.cli;

import dev.nextstep.NextStep;
import jdk.incubator.vector.VectorShape;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: what one needs to know to compare two results or two timings. */
final class VersionText implements IVersionProvider {

    @Override
    public String[] getVersion() {
        int bits = VectorShape.preferredShape().vectorBitSize();
        return new String[] {
            "nextstep " + NextStep.version(),
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
}
