package dev.nextstep.bench;

import dev.nextstep.kernel.Convolution;
import dev.nextstep.kernel.FeatureMap;
import dev.nextstep.kernel.GemmWorkspace;
import dev.nextstep.kernel.ThreadTeam;
import dev.nextstep.tensor.DataType;
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

/** 3×3 convolutions of the image tokenizer: the emoji model's levels, and two of the official one at 512 × 512 pixels. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls prepare first
public class ConvolutionBenchmark {
    @Param({"1", "2"})
    public int threads;

    /** Channels (in and out) @ side of the picture. */
    @Param({"128@8", "64@16", "32@64", "512@64", "256@256"})
    public String layer;

    private ThreadTeam team;
    private GemmWorkspace workspace;
    private Convolution convolution;
    private FeatureMap input;

    @Setup
    public void prepare() {
        int at = layer.indexOf('@');
        int channels = Integer.parseInt(layer.substring(0, at));
        int side = Integer.parseInt(layer.substring(at + 1));
        team = ThreadTeam.of(threads);
        workspace = new GemmWorkspace(team);
        convolution = new Convolution(
                RandomTensors.tensor(DataType.F32, channels, channels, 3, 3),
                RandomTensors.tensor(DataType.F32, channels),
                Convolution.Geometry.SAME,
                Precision.FP32);
        input = FeatureMap.ofPlanes(RandomTensors.floats(channels * side * side), channels, side, side);
    }

    @Benchmark
    public FeatureMap apply(Rate rate) {
        long weights = 9L * input.channels() * input.channels();
        rate.add(2 * weights * input.height() * input.width(), weights);
        return convolution.apply(input, null, workspace);
    }

    @TearDown
    public void end() {
        team.close();
    }
}
