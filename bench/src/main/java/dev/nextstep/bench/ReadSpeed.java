package dev.nextstep.bench;

import dev.nextstep.kernel.ThreadTeam;
import java.util.ArrayList;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** How fast this machine reads memory: the limit of products of few rows, whose weights come from there. */
final class ReadSpeed {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int FLOATS = 64 << 20;
    private static final int CHUNK = 1 << 14; // of one call, so that it is compiled soon
    private static final int ROUNDS = 7;

    private ReadSpeed() {}

    /** Bytes a second: the median of several passes over 256 MB, each thread its part. */
    static double measure(ThreadTeam team) {
        var data = new float[FLOATS];
        var sums = new float[team.size()];
        List<Double> seconds = new ArrayList<>();
        for (int round = -2; round < ROUNDS; round++) {
            long start = System.nanoTime();
            team.run(team.size(), part -> {
                int chunks = FLOATS / CHUNK;
                int from = chunks * part / team.size();
                int to = chunks * (part + 1) / team.size();
                for (int chunk = from; chunk < to; chunk++) {
                    sums[part] += sum(data, chunk * CHUNK, (chunk + 1) * CHUNK);
                }
            });
            if (round >= 0) {
                seconds.add((System.nanoTime() - start) / 1e9);
            }
        }
        if (sums[0] != 0) { // so that nothing is left out as not used
            throw new IllegalStateException("zeros add up to " + sums[0]);
        }
        return 4.0 * FLOATS / Quartiles.of(seconds).median();
    }

    private static float sum(float[] data, int from, int to) {
        int step = S.length();
        var a = FloatVector.zero(S);
        var b = a;
        var c = a;
        var d = a;
        for (int i = from; i < to; i += 4 * step) {
            a = a.add(FloatVector.fromArray(S, data, i));
            b = b.add(FloatVector.fromArray(S, data, i + step));
            c = c.add(FloatVector.fromArray(S, data, i + 2 * step));
            d = d.add(FloatVector.fromArray(S, data, i + 3 * step));
        }
        return a.add(b).add(c.add(d)).reduceLanes(VectorOperators.ADD);
    }
}
