package dev.nextstep.cli.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.nextstep.kernel.Lanes;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What measures, since no figure means anything without it.
 *
 * @param processor its name
 * @param processors how many of them this JVM may use
 * @param features of the processor that decide how fast arithmetic is, as Linux spells them; empty where it does not say
 * @param vectorBits width of the vectors that the kernels use
 * @param memoryBytes of the machine
 * @param system name and architecture of the operating system
 * @param java version and name of the JVM
 */
public record MachineFacts(
        String processor,
        int processors,
        List<String> features,
        int vectorBits,
        long memoryBytes,
        String system,
        String java) {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    private static final Set<String> ARITHMETIC = Set.of(
            "avx", "avx2", "fma", "f16c", "avx_vnni", "asimd", "asimddp", "asimdhp", "sve", "sve2", "i8mm", "bf16");

    // Above this share of the processors, others were computing too.
    private static final double BUSY = 0.5;

    public MachineFacts {
        features = List.copyOf(features);
    }

    /** This machine. */
    public static MachineFacts read() {
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new MachineFacts(
                cpuInfo("model name").orElse("unknown processor"),
                Runtime.getRuntime().availableProcessors(),
                cpuInfo("flags")
                        .or(() -> cpuInfo("Features"))
                        .map(MachineFacts::features)
                        .orElse(List.of()),
                Lanes.SPECIES.vectorBitSize(),
                system.getTotalMemorySize(),
                "%s %s".formatted(System.getProperty("os.name"), System.getProperty("os.arch")),
                "%s (%s)".formatted(Runtime.version(), System.getProperty("java.vm.name", "unknown JVM")));
    }

    private static Optional<String> cpuInfo(String key) {
        if (!Files.isReadable(CPU_INFO)) {
            return Optional.empty();
        }
        try (var lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty(); // a detail of the report
        }
    }

    /** Those of the flags that decide how fast arithmetic is, sorted. */
    static List<String> features(String flags) {
        var found = new TreeSet<String>();
        Arrays.stream(flags.split("\\s+"))
                .filter(f -> ARITHMETIC.contains(f) || f.startsWith("avx512") || f.startsWith("amx"))
                .forEach(found::add);
        return List.copyOf(found);
    }

    /** Load average over a minute; negative where it is unknown. */
    public static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    /** Whether others were computing, by the load when measuring began. */
    public boolean busy(double loadAtStart) {
        return loadAtStart > BUSY * processors;
    }

    /** Tells machines apart: 12 hexadecimal digits over everything that a new JVM does not change. */
    public String id() {
        String text = "%s|%d|%s|%d|%s".formatted(processor, processors, features, vectorBits, system);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JVM has it
        }
    }

    /** In one line. */
    public String text() {
        return String.format(
                Locale.ROOT,
                "%s, %d processors, vectors of %d bits, %.1f GB, %s, Java %s",
                processor,
                processors,
                vectorBits,
                memoryBytes / 1e9,
                system,
                java);
    }
}
