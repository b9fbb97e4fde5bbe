package dev.nextstep.bench;

import dev.nextstep.kernel.Linear;
import dev.nextstep.kernel.ThreadTeam;
import dev.nextstep.tensor.DataType;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Linear layers, from single tokens (1 and 2 rows) through batches (4 to 16) to prompts (64 and 512). Shapes of the emoji
 * model stay in the second-level cache, those of the 14 B model and the one that ggml's benchmark
 * takes (4096 × 14336) come from memory.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls prepare first
public class LinearBenchmark {
    @Param({"1", "2"})
    public int threads;

    @Param({"F32", "F16", "BF16", "Q8_0", "Q4_0", "Q4_K"})
    public DataType type;

    /** Outputs × inputs. */
    @Param({"256x256", "768x256", "5120x5120", "13824x5120", "4096x14336"})
    public String shape;

    @Param({"1", "2", "4", "8", "16", "64", "512"})
    public int rows;

    private ThreadTeam team;
    private Linear linear;
    private float[] x;
    private float[] y;

    @Setup
    public void prepare() {
        int cross = shape.indexOf('x');
        int outputs = Integer.parseInt(shape.substring(0, cross));
        int inputs = Integer.parseInt(shape.substring(cross + 1));
        team = ThreadTeam.of(threads);
        linear = Linear.of(RandomTensors.tensor(type, outputs, inputs));
        x = RandomTensors.floats(rows * inputs);
        y = new float[rows * outputs];
    }

    @Benchmark
    public float[] forward(Rate rate) {
        linear.forward(team, x, rows, y);
        long weights = (long) linear.inputs() * linear.outputs();
        rate.add(2 * weights * rows, weights);
        return y;
    }

    @TearDown
    public void end() {
        team.close();
    }
}
