package dev.nextstep.bench;

import dev.nextstep.kernel.Linear;
import dev.nextstep.kernel.ThreadTeam;
import dev.nextstep.tensor.DataType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Matrix products beside other programs, in turn in one run: ggml with {@code --peer} (both with blocks as they lie in a file
 * and with weights that it reorders when a model is loaded), libtorch with MKL for fp32.
 */
@Command(
        name = "bench/run products",
        description = "Time of matrix products by type of weights and number of rows.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class ProductsBenchmark implements Callable<Integer> {
    private static final double LEAST_SECONDS = 0.15;

    @Option(
            names = "--types",
            split = ",",
            paramLabel = "TYPE",
            description = "Types of weights: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private List<DataType> types = List.of(DataType.F32, DataType.BF16, DataType.Q8_0, DataType.Q4_0, DataType.Q4_K);

    @Option(names = "--rows", split = ",", paramLabel = "N", description = "Rows (default: ${DEFAULT-VALUE}).")
    private List<Integer> rows = List.of(1, 2, 4, 8);

    private static final Pattern SHAPE = Pattern.compile("([1-9]\\d{0,5})x([1-9]\\d{0,5})");

    @Option(names = "--shape", paramLabel = "OUTxIN", description = "Outputs and inputs (default: ${DEFAULT-VALUE}).")
    private String shape = "4096x14336";

    @Option(names = "--threads", split = ",", paramLabel = "N", description = "Threads (default: ${DEFAULT-VALUE}).")
    private List<Integer> threads = List.of(1, 2);

    @Option(names = "--rounds", description = "Times each side takes its turn (default: ${DEFAULT-VALUE}).")
    private int rounds = 7;

    @Option(names = "--libtorch", description = "Measure libtorch (MKL) too, for fp32.")
    private boolean libtorch;

    @Option(
            names = "--peer",
            paramLabel = "COMMAND",
            description = "Command line that starts bench/peer/ggml/products; see bench/peer/README.md.")
    private @Nullable String peerCommand;

    private ProductsBenchmark() {}

    /** Runs the benchmark. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new ProductsBenchmark())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }

    /** Seconds of one side, turn by turn. */
    private record Turns(String side, List<Double> seconds) {
        double median() {
            return Quartiles.of(seconds).median();
        }
    }

    @Override
    public Integer call() throws IOException {
        var sides = SHAPE.matcher(shape);
        if (!sides.matches()) {
            System.err.printf("products: --shape %s is not OUTxIN, such as 4096x14336%n", shape);
            return CommandLine.ExitCode.USAGE;
        }
        int outputs = Integer.parseInt(sides.group(1));
        int inputs = Integer.parseInt(sides.group(2));
        System.out.println(Machine.read());
        try (var peer = peerCommand == null ? null : PeerProcess.start(peerCommand)) {
            if (peer != null) {
                System.out.println("peer: " + peer.description());
            }
            for (int n : threads) {
                measure(n, outputs, inputs, peer);
            }
        }
        System.out.printf(Locale.ROOT, "load average %.2f at the end%n", Machine.load());
        return 0;
    }

    private void measure(int n, int outputs, int inputs, @Nullable PeerProcess peer) throws IOException {
        try (var team = ThreadTeam.of(n)) {
            double limit = ReadSpeed.measure(team);
            System.out.printf(
                    Locale.ROOT,
                    "%n%s, %d thread%s, memory is read at %.1f GB/s%n%n"
                            + "| weights | rows | ours, ms [quartiles] | GB/s | of the limit | GFLOP/s | others, ms | ratio |%n"
                            + "|---|---|---|---|---|---|---|---|%n",
                    shape,
                    n,
                    n == 1 ? "" : "s",
                    limit / 1e9);
            for (var type : types) {
                var linear = Linear.of(RandomTensors.tensor(type, outputs, inputs));
                double bytes = type.bytes((long) outputs * inputs);
                for (int r : rows) {
                    var sides = sides(team, linear, type, r, peer);
                    print(type, r, bytes, limit, 2.0 * outputs * inputs * r, sides);
                }
            }
        }
    }

    /** Ours first. */
    private List<Turns> sides(ThreadTeam team, Linear linear, DataType type, int r, @Nullable PeerProcess peer)
            throws IOException {
        float[] x = RandomTensors.floats(r * linear.inputs());
        float[] y = new float[r * linear.outputs()];
        Runnable ours = () -> linear.forward(team, x, r, y);
        seconds(ours, 3);
        int count = Math.clamp((long) Math.ceil(LEAST_SECONDS / seconds(ours, 2)), 1, 10_000);
        var all = new ArrayList<Turns>();
        all.add(new Turns("ours", new ArrayList<>()));
        for (int round = 0; round < rounds; round++) {
            seconds(ours, 1);
            all.getFirst().seconds.add(seconds(ours, count));
            if (peer != null) {
                for (var layout : List.of("plain", "repacked")) {
                    String answer = peer.ask("%d %s %d %d %d %d %s"
                            .formatted(
                                    team.size(), ggmlName(type), r, linear.outputs(), linear.inputs(), count, layout));
                    if (!answer.equals("none")) {
                        turns(all, "ggml " + layout).add(Double.parseDouble(answer));
                    }
                }
            }
            if (libtorch && type == DataType.F32) {
                turns(all, "libtorch").add(libtorchSeconds(team.size(), linear, r, count));
            }
        }
        return all;
    }

    private static List<Double> turns(List<Turns> all, String side) {
        for (var turns : all) {
            if (turns.side.equals(side)) {
                return turns.seconds;
            }
        }
        var turns = new Turns(side, new ArrayList<>());
        all.add(turns);
        return turns.seconds;
    }

    private static double seconds(Runnable work, int count) {
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            work.run();
        }
        return (System.nanoTime() - start) / 1e9 / count;
    }

    private static double libtorchSeconds(int threads, Linear linear, int r, int count) {
        torch.set_num_threads(threads);
        try (var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            var w = torch.randn(linear.outputs(), linear.inputs());
            var x = torch.randn(r, linear.inputs());
            seconds(() -> torch.linear(x, w).close(), 2);
            return seconds(() -> torch.linear(x, w).close(), count);
        }
    }

    /** Only K types have a capital in ggml's names. */
    private static String ggmlName(DataType type) {
        return type == DataType.Q4_K ? "q4_K" : type.name().toLowerCase(Locale.ROOT);
    }

    private static void print(DataType type, int r, double bytes, double limit, double operations, List<Turns> sides) {
        var ours = Quartiles.of(sides.getFirst().seconds);
        var others = new StringBuilder();
        double best = Double.POSITIVE_INFINITY;
        for (var side : sides.subList(1, sides.size())) {
            best = Math.min(best, side.median());
            others.append(others.isEmpty() ? "" : ", ").append("%s %.3f".formatted(side.side, 1e3 * side.median()));
        }
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %.3f [%.3f–%.3f] | %.1f | %.0f %% | %.0f | %s | %s |%n",
                type.name().toLowerCase(Locale.ROOT),
                r,
                1e3 * ours.median(),
                1e3 * ours.lower(),
                1e3 * ours.upper(),
                bytes / ours.median() / 1e9,
                100 * bytes / ours.median() / limit,
                operations / ours.median() / 1e9,
                others,
                sides.size() == 1 ? "" : "%.2f".formatted(best / ours.median()));
    }
}
