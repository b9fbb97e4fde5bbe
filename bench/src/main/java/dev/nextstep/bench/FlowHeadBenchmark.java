package dev.nextstep.bench;

import dev.nextstep.NextStep;
import dev.nextstep.OpenOptions;
import dev.nextstep.flow.FlowHead;
import dev.nextstep.kernel.ThreadTeam;
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

/** The emoji model's flow head with two guidance rows per picture: one velocity, and the modulations of one token. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls prepare first
public class FlowHeadBenchmark {
    private static final int EVALUATIONS = 28;
    private static final int GUIDANCE_ROWS = 2;

    @Param({"1", "2"})
    public int threads;

    @Param({"1", "8"})
    public int pictures;

    private NextStep model;
    private ThreadTeam team;
    private FlowHead head;
    private float[] times;
    private float[] conditions;
    private float[] x;
    private FlowHead.Modulations modulations;

    @Setup
    public void prepare() {
        model = NextStep.open(PictureBenchmark.defaultModel(), OpenOptions.DEFAULT.withThreads(threads));
        team = model.parts().cpu().team();
        head = model.parts().cpu().flowHead();
        times = RandomTensors.floats(EVALUATIONS * head.width());
        conditions = RandomTensors.floats(GUIDANCE_ROWS * pictures * head.width());
        x = RandomTensors.floats(pictures * head.tokenDim());
        modulations = head.modulations(team, times, conditions);
    }

    @Benchmark
    public float[] velocity() {
        return head.velocity(team, modulations, 0, x, pictures, GUIDANCE_ROWS);
    }

    @Benchmark
    public FlowHead.Modulations modulations() {
        return head.modulations(team, times, conditions);
    }

    @TearDown
    public void end() {
        model.close();
    }
}
