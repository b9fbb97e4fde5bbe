package dev.nextstep.bench;

import dev.nextstep.kernel.Attention;
import dev.nextstep.kernel.ThreadTeam;
import dev.nextstep.tensor.Precision;
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

/** Attention of one layer of one sequence: single queries (decoding) and a whole prompt of them (prefill). */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls prepare first
public class AttentionBenchmark {

    /** Heads of a model's layers. */
    public enum Model {
        EMOJI(4, 2, 64),
        LARGE(40, 8, 128);

        private final int heads;
        private final int kvHeads;
        private final int headDim;

        Model(int heads, int kvHeads, int headDim) {
            this.heads = heads;
            this.kvHeads = kvHeads;
            this.headDim = headDim;
        }
    }

    @Param({"1", "2"})
    public int threads;

    @Param({"EMOJI", "LARGE"})
    public Model model;

    /** Keys that the last query sees. */
    @Param({"32", "1024"})
    public int length;

    private Attention.Shape shape;
    private ThreadTeam team;
    private float[] queries;
    private float[] keys;
    private float[] values;
    private float[] out;

    @Setup
    public void prepare() {
        shape = new Attention.Shape(model.heads, model.kvHeads, model.headDim, Integer.MAX_VALUE, Precision.FP32);
        int width = shape.heads() * shape.headDim();
        int cache = shape.kvHeads() * length * shape.cacheStride();
        team = ThreadTeam.of(threads);
        queries = RandomTensors.floats(length * width);
        keys = RandomTensors.floats(cache);
        values = RandomTensors.floats(cache);
        out = new float[length * width];
    }

    @Benchmark
    public float[] decode(Rate rate) {
        attend(1);
        rate.add(4L * shape.heads() * shape.headDim() * length, 0);
        return out;
    }

    @Benchmark
    public float[] prefill(Rate rate) {
        attend(length);
        rate.add(2L * shape.heads() * shape.headDim() * length * (length + 1), 0);
        return out;
    }

    private void attend(int count) {
        team.run(shape.kvHeads(), head -> {
            int at = head * length * shape.cacheStride();
            Attention.attend(shape, queries, 0, count, keys, values, at, length - count, head, out, 0);
        });
    }

    @TearDown
    public void end() {
        team.close();
    }
}
