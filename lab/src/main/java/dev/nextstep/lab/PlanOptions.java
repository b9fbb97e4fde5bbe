package dev.nextstep.lab;

import dev.nextstep.torch.Compute;
import dev.nextstep.train.plan.AttentionKernel;
import dev.nextstep.train.plan.Devices;
import dev.nextstep.train.plan.MatrixRate;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code nextstep train --dry-run}. */
final class PlanOptions {
    private static final double TERA = 1e12;
    private static final int FEWEST_ROWS_OF_A_WORKER = 4;

    @Option(
            names = "--dry-run",
            description = "Only tell what the stage costs: parameters, operations, memory, days. Needs no data.")
    private boolean dryRun;

    @Option(
            names = "--devices",
            paramLabel = "N",
            description = "For --dry-run: devices that share the parts of a step.")
    private int devices = 1;

    @Option(
            names = "--device-memory",
            paramLabel = "SIZE",
            converter = ByteSize.class,
            description = "For --dry-run: memory of a device, such as 80GB.")
    private @Nullable Double memory;

    @Option(
            names = "--device-tflops",
            paramLabel = "X",
            description =
                    "For --dry-run: 10^12 operations a second of a device at its best; measured here if not given.")
    private @Nullable Double teraFlops;

    @Option(
            names = "--utilisation",
            paramLabel = "SHARE",
            description = "For --dry-run: share of that rate that training reaches (default: ${DEFAULT-VALUE}).")
    private double utilisation = 0.4;

    @Option(
            names = "--caption-tokens",
            paramLabel = "N",
            description =
                    "For --dry-run: tokens of a caption where there is no data to look at (default: ${DEFAULT-VALUE}).")
    private int captionTokens = 64;

    @Option(names = "--json", description = "For --dry-run: print it as JSON.")
    private boolean json;

    boolean isWanted() {
        return dryRun;
    }

    boolean asJson() {
        return json;
    }

    int captionTokens() {
        return captionTokens;
    }

    /**
     * The devices that were named, or this machine.
     *
     * @param rows of a part of a step
     * @param threads that compute here
     */
    Devices devices(Compute compute, int rows, int threads) {
        var size = memory == null ? OptionalDouble.empty() : OptionalDouble.of(memory);
        if (teraFlops != null) {
            return new Devices(devices, size, teraFlops * TERA, utilisation, AttentionKernel.FUSED, 1);
        }
        int workers = Math.clamp(rows / FEWEST_ROWS_OF_A_WORKER, 1, threads);
        double rate = MatrixRate.measure(compute, threads);
        return new Devices(devices, size, rate, utilisation, AttentionKernel.PRODUCTS, workers);
    }
}
