package dev.nextstep.cli;

import dev.nextstep.kernel.Linear;
import dev.nextstep.kernel.ThreadTeam;
import dev.nextstep.tensor.DataType;
import dev.nextstep.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Times short pieces of work, a few hundred milliseconds each: enough to predict, not enough to compare programs. */
final class MicroRun {
    /** For the compiler to see what is hot. */
    private static final long WARM_UP_NANOS = 400_000_000L;

    private static final long MEASURE_NANOS = 150_000_000L;
    private static final int SIDE = 1024;

    private MicroRun() {}

    /** Median seconds of a pass, after passes that do not count. */
    static double seconds(Runnable pass) {
        long began = System.nanoTime();
        do {
            pass.run();
        } while (System.nanoTime() - began < WARM_UP_NANOS);
        var times = new ArrayList<Long>();
        began = System.nanoTime();
        long last = began;
        do {
            pass.run();
            long now = System.nanoTime();
            times.add(now - last);
            last = now;
        } while (last - began < MEASURE_NANOS);
        times.sort(null);
        return times.get(times.size() / 2) / 1e9;
    }

    /** Seconds for a pass through all of these layers, {@code rows} rows each. */
    static double seconds(ThreadTeam team, List<Linear> layers, int rows) {
        int inputs = layers.stream().mapToInt(Linear::inputs).max().orElse(1);
        int outputs = layers.stream().mapToInt(Linear::outputs).max().orElse(1);
        var x = values(rows * inputs);
        var y = new float[rows * outputs];
        return seconds(() -> layers.forEach(layer -> layer.forward(team, x, rows, y)));
    }

    /** Normal-sized values that are never denormal, which would be slow. */
    static float[] values(int n) {
        var random = new SplittableRandom(1);
        var values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) (random.nextDouble() - 0.5);
        }
        return values;
    }

    /** Multiply-adds per second of a matrix product of 256 rows with a 1024 × 1024 matrix of fp32, times two. */
    static double productFlops(ThreadTeam team) {
        int rows = 256;
        double seconds = seconds(team, List.of(square("product")), rows);
        return 2.0 * rows * SIDE * SIDE / seconds;
    }

    /** Bytes per second of matrix–vector products through 64 MB of fp32 matrices: the speed of the memory. */
    static double streamBytes(ThreadTeam team) {
        var layers = new ArrayList<Linear>();
        for (int i = 0; i < 16; i++) {
            layers.add(square("stream"));
        }
        return 16.0 * SIDE * SIDE * Float.BYTES / seconds(team, layers, 1);
    }

    private static Linear square(String name) {
        var data = MemorySegment.ofArray(values(SIDE * SIDE));
        return Linear.of(new Tensor(name, DataType.F32, List.of((long) SIDE, (long) SIDE), data));
    }
}
