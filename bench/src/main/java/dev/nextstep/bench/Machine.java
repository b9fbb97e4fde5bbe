package dev.nextstep.bench;

import dev.nextstep.kernel.Lanes;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * What measures, since no figure means anything without it.
 *
 * @param processor name of the processor
 * @param processors how many of them this JVM may use
 * @param vectorBits width of the vectors that the kernels use
 * @param java version and vendor of the JVM
 * @param loadAtStart load average over a minute when measuring began; negative if unknown
 * @param at when measuring began
 */
record Machine(String processor, int processors, int vectorBits, String java, double loadAtStart, Instant at) {
    // Above this share of the processors, others were computing too.
    private static final double BUSY = 0.5;

    static Machine read() {
        return new Machine(
                processorName(),
                Runtime.getRuntime().availableProcessors(),
                Lanes.SPECIES.vectorBitSize(),
                "%s (%s)".formatted(System.getProperty("java.runtime.version"), System.getProperty("java.vendor")),
                load(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }

    /** Load average over a minute; negative if unknown. */
    static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    /** Whether others were computing when measuring began. */
    boolean busy() {
        return loadAtStart > BUSY * processors;
    }

    private static String processorName() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s, %d processors, vectors of %d bits, Java %s, load average %.2f at the start, %s",
                processor,
                processors,
                vectorBits,
                java,
                loadAtStart,
                at);
    }
}
