package dev.nextstep.cli;

import com.sun.management.OperatingSystemMXBean;
import dev.nextstep.cli.terminal.StandardStream;
import dev.nextstep.cli.terminal.TerminalInfo;
import dev.nextstep.engine.BackendProvider;
import dev.nextstep.engine.Backends;
import dev.nextstep.hub.HubException;
import dev.nextstep.hub.HubSettings;
import dev.nextstep.kernel.Lanes;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What this machine is and has. */
final class MachineCheck {
    /** Flags of x86 and Arm processors that decide how fast the arithmetic is, as Linux spells them. */
    private static final Set<String> FLAGS =
            Set.of("avx", "avx2", "fma", "f16c", "avx512f", "avx512bw", "avx512vl", "avx_vnni", "asimd", "sve", "sve2");

    private static final Path GPU_FILES = Path.of("/proc/driver/nvidia/gpus");
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final long LITTLE_HEAP = 512L << 20;
    private static final long LITTLE_DISK = 1_000_000_000L;

    private MachineCheck() {}

    static List<Finding> all() {
        return List.of(
                java(),
                processor(),
                processors(),
                heap(),
                memory(),
                disk("disk, current folder", Path.of("")),
                cache(),
                terminal());
    }

    /** What can compute a model here. */
    static List<Finding> engines() {
        var names = Backends.all().stream()
                .map(engine -> "%s (%s)".formatted(engine.name(), engine.description()))
                .collect(Collectors.joining(", "));
        return List.of(Finding.ok("engines", names));
    }

    /** Which GPU there is: by the files of its driver, since libtorch is large and nobody may want it. */
    static Finding gpu() {
        String torch = Backends.all().stream().anyMatch(engine -> engine.name().equals("torch"))
                ? "'status --engine torch' asks libtorch"
                : "engine torch is not here; 'status --engine torch' fetches it and asks libtorch";
        int found = devices(GPU_FILES);
        return Finding.ok(
                "GPU",
                (found == 0 ? "none seen" : "%d with a driver of NVIDIA's".formatted(found)) + " (" + torch + ")");
    }

    static int devices(Path folder) {
        try (var files = Files.list(folder)) {
            return (int) files.count();
        } catch (IOException e) {
            return 0; // no driver, no folder
        }
    }

    /** What an engine that was asked for computes on; its libraries are loaded for that. */
    static Finding devices(BackendProvider engine) {
        String subject = "engine " + engine.name();
        try {
            return Finding.ok(subject, "computes on " + engine.devices());
        } catch (RuntimeException | LinkageError e) {
            return Finding.problem(
                    subject, "its libraries cannot be loaded: " + e.getMessage(), "see docs/training.md");
        }
    }

    private static Finding cache() {
        try {
            return disk("disk, cache", HubSettings.fromEnvironment().cache());
        } catch (IllegalArgumentException | HubException e) {
            return Finding.problem("disk, cache", Failure.text(e), "correct the variable or the file it speaks of");
        }
    }

    private static Finding terminal() {
        try {
            var terminal = TerminalInfo.detect();
            if (!terminal.isTerminal(StandardStream.OUT)) {
                return Finding.ok("terminal", "standard output is none, so no colours and no previews");
            }
            String graphics = terminal.graphics().name().toLowerCase(Locale.ROOT);
            return Finding.ok(
                    "terminal",
                    "%d x %d characters, previews: %s (%s chooses)"
                            .formatted(
                                    terminal.size().columns(),
                                    terminal.size().rows(),
                                    graphics,
                                    TerminalInfo.PREVIEW_VARIABLE));
        } catch (IllegalArgumentException e) {
            return Finding.problem("terminal", Failure.text(e), "correct " + TerminalInfo.PREVIEW_VARIABLE);
        }
    }

    private static Finding java() {
        String text = "%s (%s)".formatted(Runtime.version(), System.getProperty("java.vm.name", "unknown JVM"));
        return Runtime.version().feature() >= 25
                ? Finding.ok("Java", text)
                : Finding.problem("Java", text, "install a JDK 25 or newer");
    }

    private static Finding processor() {
        int bits = Lanes.LENGTH * Float.SIZE;
        var flags = flags();
        String text = "%s, %d-bit vectors%s"
                .formatted(System.getProperty("os.arch"), bits, flags.isEmpty() ? "" : ", " + String.join(" ", flags));
        String subject = "vectors";
        if (flags.contains("avx2") && bits < 256) {
            return Finding.warning(
                    subject,
                    text,
                    "the processor can do more than the JVM uses: remove -XX:UseAVX and nextstep.vectorBits");
        }
        if (!flags.isEmpty() && flags.contains("avx") && !flags.contains("fma")) {
            return Finding.warning(subject, text, "without fused multiply-add pictures take several times as long");
        }
        return Finding.ok(subject, text);
    }

    private static Set<String> flags() {
        var found = new TreeSet<String>();
        if (!Files.isReadable(CPU_INFO)) {
            return found;
        }
        try (var lines = Files.lines(CPU_INFO)) {
            lines.filter(l -> l.startsWith("flags") || l.startsWith("Features"))
                    .findFirst()
                    .ifPresent(l -> found.addAll(Arrays.asList(l.split("[\\s:]+"))));
        } catch (IOException e) {
            return new TreeSet<>(); // a detail; the vector width says the same
        }
        found.retainAll(FLAGS);
        return found;
    }

    private static Finding processors() {
        int n = Runtime.getRuntime().availableProcessors();
        return n > 1
                ? Finding.ok("processors", String.valueOf(n))
                : Finding.warning("processors", "1", "give the program (its container) more than one");
    }

    private static Finding heap() {
        long max = Runtime.getRuntime().maxMemory();
        String text = "%,d MiB at most".formatted(max >> 20);
        return max >= LITTLE_HEAP
                ? Finding.ok("heap", text)
                : Finding.warning("heap", text, "set NEXTSTEP_JAVA_OPTS=-Xmx2g for larger pictures");
    }

    private static Finding memory() {
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return Finding.ok(
                "memory",
                "%,d MiB, of which %,d MiB free"
                        .formatted(system.getTotalMemorySize() >> 20, system.getFreeMemorySize() >> 20));
    }

    private static Finding disk(String subject, Path wanted) {
        Path place = wanted.toAbsolutePath();
        while (!Files.exists(place) && place.getParent() != null) {
            place = place.getParent();
        }
        long free = place.toFile().getUsableSpace();
        String text = "%s free at %s".formatted(Amounts.bytes(free), wanted.toAbsolutePath());
        if (!Files.isWritable(place)) {
            return Finding.warning(subject, text + ", not writable", "choose another folder or change its owner");
        }
        return free >= LITTLE_DISK ? Finding.ok(subject, text) : Finding.warning(subject, text, "free some space");
    }
}
