package dev.nextstep.cli.bench;

import dev.nextstep.kernel.Lanes;
import dev.nextstep.kernel.ThreadTeam;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** How fast this machine reads memory: the limit of products of few rows, whose weights come from there. */
final class MemorySpeed {
    private static final VectorSpecies<Float> S = Lanes.SPECIES;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final long CHUNK = 1 << 16; // bytes of one call, so that it is compiled soon
    private static final int WARM_UP_CALLS = 2000;

    private MemorySpeed() {}

    /** Bytes a second: passes over more memory than caches hold, each thread its part. */
    static double measure(ThreadTeam team, Effort effort, Stopwatch stopwatch) {
        long bytes = effort.streamedBytes();
        var sums = new float[team.size()];
        try (var arena = Arena.ofShared()) {
            var data = arena.allocate(bytes, 64); // zeros, written by the allocation, so it is there
            for (int i = 0; i < WARM_UP_CALLS; i++) {
                sums[0] += sum(data, 0);
            }
            long chunks = bytes / CHUNK;
            double seconds = stopwatch
                    .seconds(() -> team.run(team.size(), part -> {
                        long from = chunks * part / team.size();
                        long to = chunks * (part + 1) / team.size();
                        for (long chunk = from; chunk < to; chunk++) {
                            sums[part] += sum(data, chunk * CHUNK);
                        }
                    }))
                    .median();
            if (sums[0] != 0) { // so that nothing is left out as not used
                throw new IllegalStateException("zeros add up to " + sums[0]);
            }
            return (double) bytes / seconds;
        }
    }

    // Four sums, as one alone would wait for the adder.
    private static float sum(MemorySegment data, long from) {
        long step = S.vectorByteSize();
        var a = FloatVector.zero(S);
        var b = a;
        var c = a;
        var d = a;
        for (long i = from; i < from + CHUNK; i += 4 * step) {
            a = a.add(FloatVector.fromMemorySegment(S, data, i, ORDER));
            b = b.add(FloatVector.fromMemorySegment(S, data, i + step, ORDER));
            c = c.add(FloatVector.fromMemorySegment(S, data, i + 2 * step, ORDER));
            d = d.add(FloatVector.fromMemorySegment(S, data, i + 3 * step, ORDER));
        }
        return a.add(b).add(c.add(d)).reduceLanes(VectorOperators.ADD);
    }
}
