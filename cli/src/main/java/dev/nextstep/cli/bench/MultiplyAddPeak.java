package dev.nextstep.cli.bench;

import dev.nextstep.kernel.Lanes;
import dev.nextstep.kernel.ThreadTeam;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** How many fp32 multiply-adds this machine does when nothing comes from memory: the limit of products of many rows. */
final class MultiplyAddPeak {
    private static final VectorSpecies<Float> S = Lanes.SPECIES;

    /** Twelve sums: more than two units with a latency of five cycles need, and 16 registers hold them. */
    private static final int SUMS = 12;

    private static final int ROUNDS = 4096;
    private static final int BURSTS = 64;

    // The JIT compiler counts calls, and until it is done each of the vectors is an object: short calls and many of
    // them.
    private static final int WARM_UPS = 5000;
    private static final int WARM_UP_ROUNDS = 16;

    private MultiplyAddPeak() {}

    /** Operations a second, two for each multiply-add. */
    static double measure(ThreadTeam team, Stopwatch stopwatch) {
        var sums = new float[team.size()];
        for (int i = 0; i < WARM_UPS; i++) {
            sums[0] += burst(1 + i % BURSTS, WARM_UP_ROUNDS);
        }
        double seconds = stopwatch
                .seconds(() -> team.run(team.size(), part -> {
                    for (int i = 0; i < BURSTS; i++) {
                        sums[part] += burst(1 + i, ROUNDS);
                    }
                }))
                .lower();
        if (Float.isNaN(sums[0])) { // so that nothing is left out as not used
            throw new IllegalStateException("a sum of finite numbers is none");
        }
        return 2.0 * SUMS * ROUNDS * S.length() * BURSTS * team.size() / seconds;
    }

    // Every sum converges to 1, so no value becomes subnormal or infinite.
    private static float burst(float start, int rounds) {
        var m = FloatVector.broadcast(S, 0.5f);
        var c = FloatVector.broadcast(S, 0.5f);
        var s0 = FloatVector.broadcast(S, start);
        var s1 = s0.add(1);
        var s2 = s0.add(2);
        var s3 = s0.add(3);
        var s4 = s0.add(4);
        var s5 = s0.add(5);
        var s6 = s0.add(6);
        var s7 = s0.add(7);
        var s8 = s0.add(8);
        var s9 = s0.add(9);
        var s10 = s0.add(10);
        var s11 = s0.add(11);
        for (int i = 0; i < rounds; i++) {
            s0 = s0.fma(m, c);
            s1 = s1.fma(m, c);
            s2 = s2.fma(m, c);
            s3 = s3.fma(m, c);
            s4 = s4.fma(m, c);
            s5 = s5.fma(m, c);
            s6 = s6.fma(m, c);
            s7 = s7.fma(m, c);
            s8 = s8.fma(m, c);
            s9 = s9.fma(m, c);
            s10 = s10.fma(m, c);
            s11 = s11.fma(m, c);
        }
        var a = s0.add(s1).add(s2).add(s3);
        var b = s4.add(s5).add(s6).add(s7);
        var d = s8.add(s9).add(s10).add(s11);
        return a.add(b).add(d).reduceLanes(VectorOperators.ADD);
    }
}
