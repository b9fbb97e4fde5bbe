package dev.nextstep.bench;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Work done beside the number of calls. Benchmarks count throughput per nanosecond, so that JMH shows these in 10⁹ per
 * second.
 */
@AuxCounters(AuxCounters.Type.OPERATIONS)
@State(Scope.Thread)
public class Rate {
    /** Additions and multiplications: GFLOP/s. */
    public long gflops;

    /** Weights that were read, once for all rows of a call: Gw/s. */
    public long gweights;

    void add(long flops, long weights) {
        gflops += flops;
        gweights += weights;
    }
}
