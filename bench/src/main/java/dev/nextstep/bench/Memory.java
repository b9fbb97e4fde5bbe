package dev.nextstep.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;

/** Peak resident memory of a process, as Linux counts it; mapped weights are part of it. */
final class Memory {
    private Memory() {}

    /** Peak so far in megabytes (10⁶ bytes); empty if the process is gone or this is not Linux. */
    static OptionalDouble peak(long process) {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(process), "status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024 / 1e6)
                    .findFirst();
        } catch (IOException | RuntimeException e) { // a file of /proc can vanish while it is read
            return OptionalDouble.empty();
        }
    }
}
