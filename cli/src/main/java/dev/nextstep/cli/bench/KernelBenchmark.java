package dev.nextstep.cli.bench;

import dev.nextstep.engine.Cancellation;
import dev.nextstep.kernel.Linear;
import dev.nextstep.kernel.ThreadTeam;
import dev.nextstep.tensor.DataType;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Matrix products for every type of weights, from one row (a text token) to 64 (reading a prompt). */
final class KernelBenchmark {
    static final List<Integer> ROWS = List.of(1, 2, 4, 8, 64);

    /** From the largest to the smallest. */
    static final List<DataType> TYPES = Arrays.stream(DataType.values())
            .filter(DataType::isWeight)
            .sorted(Comparator.comparingDouble(type -> -(double) type.blockBytes() / type.blockElements()))
            .toList();

    /** How often it says that something is done. */
    static final int STEPS = ROWS.size() * TYPES.size();

    private KernelBenchmark() {}

    static List<KernelResult> run(ThreadTeam team, Effort effort, Cancellation cancellation, Steps steps) {
        var stopwatch = new Stopwatch(effort, cancellation);
        var results = new ArrayList<KernelResult>();
        for (var type : TYPES) {
            try (var arena = Arena.ofShared()) {
                var matrices =
                        RandomMatrices.of(arena, type, effort.outputs(), effort.inputs(), effort.streamedBytes());
                for (int rows : ROWS) {
                    var pass = new Pass(team, matrices, rows);
                    var seconds = stopwatch.seconds(pass);
                    results.add(new KernelResult(type, rows, effort.outputs(), effort.inputs(), seconds));
                    steps.done();
                }
            }
        }
        return results;
    }

    /** One product with the next of the matrices, so that none is in a cache when its turn comes again. */
    private static final class Pass implements Runnable {
        private final ThreadTeam team;
        private final List<Linear> matrices;
        private final int rows;
        private final float[] x;
        private final float[] y;
        private int next;

        Pass(ThreadTeam team, List<Linear> matrices, int rows) {
            this.team = team;
            this.matrices = matrices;
            this.rows = rows;
            this.x = RandomMatrices.inputs(rows * matrices.getFirst().inputs());
            this.y = new float[rows * matrices.getFirst().outputs()];
        }

        @Override
        public void run() {
            matrices.get(next).forward(team, x, rows, y);
            next = (next + 1) % matrices.size();
        }
    }
}
