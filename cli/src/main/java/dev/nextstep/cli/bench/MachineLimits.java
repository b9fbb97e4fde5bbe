package dev.nextstep.cli.bench;

import dev.nextstep.engine.Cancellation;
import dev.nextstep.kernel.ThreadTeam;

/**
 * What this machine can do at best, measured with as many threads as the kernels use.
 *
 * @param readBytesPerSecond memory reads, see {@link MemorySpeed}
 * @param flopsPerSecond fp32 multiply-adds, each two operations, see {@link MultiplyAddPeak}
 */
public record MachineLimits(double readBytesPerSecond, double flopsPerSecond) {

    static MachineLimits measure(ThreadTeam team, Effort effort, Cancellation cancellation) {
        // What is not warmed up is no limit, so even a quick run takes the time for it.
        var stopwatch = new Stopwatch(Effort.FULL, cancellation);
        return new MachineLimits(
                MemorySpeed.measure(team, effort, stopwatch), MultiplyAddPeak.measure(team, stopwatch));
    }

    /** The least seconds in which a machine with these limits reads and computes that much, both at once (roofline). */
    double leastSeconds(double bytes, double flops) {
        return Math.max(bytes / readBytesPerSecond, flops / flopsPerSecond);
    }
}
