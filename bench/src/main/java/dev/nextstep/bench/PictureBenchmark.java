package dev.nextstep.bench;

import dev.nextstep.DrawingListener;
import dev.nextstep.GenerateRequest;
import dev.nextstep.NextStep;
import dev.nextstep.OpenOptions;
import dev.nextstep.bench.Results.Side;
import dev.nextstep.bench.Results.Unit;
import dev.nextstep.engine.Cancellation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Whole pictures with the default model and settings: warm, by stage, in a batch, and from nothing with the command.
 * With {@code --peer} the official pipeline draws in turn with ours, so that whatever else the machine does hits both.
 */
@Command(
        name = "bench/run picture",
        description = "Time of one picture, of its stages, of a batch and of the whole command.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class PictureBenchmark implements Callable<Integer> {
    private static final String CAPTION = "red heart, twemoji style";

    @Option(names = "--model", paramLabel = "DIR", description = "Model directory; the emoji model if not given.")
    private Path directory = defaultModel();

    @Option(
            names = "--threads",
            paramLabel = "N",
            split = ",",
            description = "Numbers of threads (default: ${DEFAULT-VALUE}).")
    private List<Integer> threads = List.of(1, 2);

    @Option(names = "--rounds", description = "Times each side takes its turn (default: ${DEFAULT-VALUE}).")
    private int rounds = 7;

    @Option(names = "--pictures", description = "Pictures timed in each turn (default: ${DEFAULT-VALUE}).")
    private int pictures = 3;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description = "Pictures drawn before the first turn (default: ${DEFAULT-VALUE}).")
    private int warmUp = 60;

    @Option(names = "--batch", paramLabel = "N", description = "Pictures in a batch (default: ${DEFAULT-VALUE}).")
    private int batch = 8;

    @Option(
            names = "--processes",
            paramLabel = "N",
            description = "Whole runs of the command from nothing (default: ${DEFAULT-VALUE}).")
    private int processes = 5;

    @Option(
            names = "--peer",
            paramLabel = "COMMAND",
            description = "Command line that starts the official pipeline; see bench/peer/README.md.")
    private @Nullable String peerCommand;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write every single value to this file.")
    private @Nullable Path json;

    private final Results results = new Results();

    private PictureBenchmark() {}

    /** Runs the benchmark. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new PictureBenchmark()).execute(args));
    }

    /** The clone, which bench/run names. */
    private static Path home() {
        return Path.of(System.getProperty("nextstep.home", "."));
    }

    /** The emoji model of the clone. */
    static Path defaultModel() {
        return home().resolve("models").resolve("emoji");
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var machine = Machine.read();
        System.out.println(machine);
        if (machine.busy()) {
            System.out.println("WARNING: other programs are computing on this machine; times are too long.");
        }
        try (var peer = peerCommand == null ? null : OfficialPipeline.start(peerCommand)) {
            if (peer != null) {
                System.out.println("official pipeline: " + peer.description());
            }
            warm(peer);
            fromNothing(peer);
        } finally { // a long measurement that is broken off keeps what it has
            report(machine);
        }
        return 0;
    }

    private void report(Machine machine) throws IOException {
        double loadAtEnd = Machine.load();
        System.out.printf("load average %.2f at the end%n%n%s", loadAtEnd, results.markdown());
        if (json != null) {
            try (var out = Files.newOutputStream(json)) {
                results.json(machine, loadAtEnd, out);
            }
        }
    }

    private void warm(@Nullable OfficialPipeline peer) throws IOException {
        var models = new TreeMap<Integer, NextStep>();
        try {
            for (int n : threads) {
                models.put(n, NextStep.open(directory, OpenOptions.DEFAULT.withThreads(n)));
            }
            for (var model : models.values()) {
                for (int i = 0; i < warmUp; i++) {
                    StagedDrawing.draw(model, CAPTION, i);
                    draw(model, 1);
                }
                for (int i = 0; i < 1 + warmUp / batch; i++) {
                    draw(model, batch);
                }
            }
            if (peer != null) {
                for (int n : threads) {
                    for (int i = 0; i < 5; i++) {
                        peer.draw(n, 1);
                    }
                    peer.draw(n, batch);
                }
            }
            for (int round = 0; round < rounds; round++) {
                for (var model : models.entrySet()) {
                    int n = model.getKey();
                    ourTurn(model.getValue(), n);
                    if (peer != null) {
                        theirTurn(peer, n);
                    }
                }
            }
        } finally {
            models.values().forEach(NextStep::close);
        }
    }

    // The first picture of a turn is not timed: it brings the caches and threads back from what ran in between.
    private void ourTurn(NextStep model, int n) {
        draw(model, 1);
        for (int i = 0; i < pictures; i++) {
            results.seconds("one picture", Side.OURS, n, draw(model, 1));
        }
        for (int i = 0; i < pictures; i++) {
            var stages = StagedDrawing.draw(model, CAPTION, i);
            results.seconds("— prompt and prefill", Side.OURS, n, stages.prompt());
            results.seconds("— transformer steps", Side.OURS, n, stages.backbone());
            results.seconds("— flow head", Side.OURS, n, stages.head());
            results.seconds("— VAE decoder", Side.OURS, n, stages.vae());
        }
        results.seconds(batchTitle(), Side.OURS, n, draw(model, batch));
    }

    private void theirTurn(OfficialPipeline peer, int n) throws IOException {
        peer.draw(n, 1);
        for (int i = 0; i < pictures; i++) {
            results.seconds("one picture", Side.OFFICIAL, n, peer.draw(n, 1));
        }
        results.seconds(batchTitle(), Side.OFFICIAL, n, peer.draw(n, batch));
    }

    private String batchTitle() {
        return "%d pictures in one batch".formatted(batch);
    }

    private static double draw(NextStep model, int count) {
        var request = GenerateRequest.builder(CAPTION).count(count).seed(1).build();
        long began = System.nanoTime();
        model.generateAll(request, DrawingListener.NONE, new Cancellation());
        return (System.nanoTime() - began) / 1e9;
    }

    private void fromNothing(@Nullable OfficialPipeline peer) throws IOException, InterruptedException {
        Path picture = Files.createTempFile("nextstep-bench", ".png");
        try {
            if (processes > 0) {
                WholeProcess.run(command(1, picture)); // builds if needed
            }
            for (int i = 0; i < processes; i++) {
                for (int n : threads) {
                    add(Side.OURS, n, WholeProcess.run(command(n, picture)));
                    if (peer != null) {
                        add(Side.OFFICIAL, n, peer.fromNothing(n, picture));
                    }
                }
            }
        } finally {
            Files.deleteIfExists(picture);
        }
    }

    private void add(Side side, int n, WholeProcess run) {
        results.seconds("whole process, nothing to PNG", side, n, run.seconds());
        results.add("its peak resident memory", Unit.MEGABYTES, side, n, run.peakMegabytes());
    }

    private List<String> command(int n, Path picture) {
        var words = new ArrayList<String>();
        words.add(home().resolve("nextstep").toAbsolutePath().toString());
        words.addAll(List.of("generate", "--seed", "1", "--threads", Integer.toString(n)));
        words.addAll(List.of("--model", directory.toString(), "--out", picture.toString(), CAPTION));
        return words;
    }
}
