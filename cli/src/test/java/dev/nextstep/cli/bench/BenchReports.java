package dev.nextstep.cli.bench;

import dev.nextstep.tensor.DataType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reports with figures that tests choose. */
final class BenchReports {
    static final MachineFacts MACHINE = new MachineFacts(
            "a <processor> & \"more\"", 2, List.of("avx2", "fma"), 256, 8_000_000_000L, "Linux amd64", "25 (VM)");

    private BenchReports() {}

    /** One kernel, one length that is partly estimated, one size, one batch. */
    static BenchReport of(String model, double kernelSeconds, double pictureSeconds) {
        var length = new StageResult(16, 16, seconds(0.15), seconds(0.32), seconds(0.47));
        var longer = new StageResult(64, 20, seconds(0.63), seconds(1.28), seconds(1.91));
        var stages = new StagesReport(
                2,
                28,
                12,
                seconds(0.002),
                seconds(0.001),
                List.of(length, longer),
                List.of(new DecodeResult(64, seconds(0.01), false), new DecodeResult(128, seconds(0.04), true)));
        return new BenchReport(
                Instant.parse("2026-11-22T10:00:00Z"),
                "1.2.3",
                MACHINE,
                2,
                0.1,
                1.9,
                Effort.FULL,
                new ModelFacts(model, Optional.of("ab".repeat(32)), 1_000_000, "64 x 64 pixels"),
                Optional.of(new MachineLimits(10e9, 100e9)),
                List.of(new KernelResult(DataType.F32, 1, 1000, 1000, seconds(kernelSeconds))),
                Optional.of(stages),
                List.of(new BatchResult(4, seconds(pictureSeconds), 5_000_000, OptionalLong.of(90_000_000))),
                OptionalLong.of(91_000_000));
    }

    /** Quartiles 2 % apart from the median. */
    static Quartiles seconds(double median) {
        return new Quartiles(0.98 * median, median, 1.02 * median);
    }
}
