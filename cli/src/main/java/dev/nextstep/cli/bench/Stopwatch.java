package dev.nextstep.cli.bench;

import dev.nextstep.engine.Cancellation;
import java.util.ArrayList;

/** Times work that is short and can be repeated at will. */
final class Stopwatch {
    /** The compiler needs some time to see what is hot; as a multiple of a round. */
    private static final int WARM_UP_ROUNDS = 4;

    private final Effort effort;
    private final Cancellation cancellation;

    Stopwatch(Effort effort, Cancellation cancellation) {
        this.effort = effort;
        this.cancellation = cancellation;
    }

    /** Seconds of one pass, after passes that do not count. */
    Quartiles seconds(Runnable pass) {
        long least = effort.leastRound().toNanos();
        long began = System.nanoTime();
        long passes = 0;
        do {
            cancellation.check();
            pass.run();
            passes++;
        } while (System.nanoTime() - began < WARM_UP_ROUNDS * least);
        double once = (System.nanoTime() - began) / (double) passes;
        int count = (int) Math.clamp(Math.ceil(least / once), 1, 1 << 20);
        var rounds = new ArrayList<Double>();
        for (int round = 0; round < effort.rounds(); round++) {
            cancellation.check();
            rounds.add(round(pass, count));
        }
        return Quartiles.of(rounds);
    }

    // Of its own, so that it is compiled after some rounds where the JVM does not replace running loops.
    private static double round(Runnable pass, int count) {
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            pass.run();
        }
        return (System.nanoTime() - start) / 1e9 / count;
    }
}
