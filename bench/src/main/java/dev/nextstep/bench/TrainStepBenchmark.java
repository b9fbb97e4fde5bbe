package dev.nextstep.bench;

import dev.nextstep.bench.Results.Side;
import dev.nextstep.checkpoint.ModelConfig;
import dev.nextstep.torch.Compute;
import dev.nextstep.torch.ModelShapes;
import dev.nextstep.torch.Weights;
import dev.nextstep.train.model.FlowDraws;
import dev.nextstep.train.model.GradientCheckpointing;
import dev.nextstep.train.model.ModelInitializer;
import dev.nextstep.train.model.ModelObjective;
import dev.nextstep.train.model.ObjectiveSettings;
import dev.nextstep.train.model.SharedObjective;
import dev.nextstep.train.model.TrainingBatch;
import dev.nextstep.train.optim.AdamW;
import dev.nextstep.train.optim.AdamWSettings;
import dev.nextstep.train.optim.Gradients;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A training step (forward, backward, clipping, AdamW) of a small model at the shapes of the emoji recipe. With
 * {@code --peer} the same step in plain PyTorch takes turns with ours, so that whatever else the machine does hits both.
 */
@Command(
        name = "bench/run train",
        description = "Time of a training step.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class TrainStepBenchmark implements Callable<Integer> {
    private static final int ROWS = 24;
    private static final int LENGTH = 160;
    private static final int VOCABULARY = 2048;
    private static final int IMAGE_FROM = 10; // each row repeats: 10 text tokens, 16 image tokens, 6 text tokens
    private static final int IMAGE_TO = 26;
    private static final int PERIOD = 32;
    private static final int COPIES = 4;

    @Option(names = "--hidden", description = "Width of the model (default: ${DEFAULT-VALUE}).")
    private int hidden = 384;

    @Option(names = "--layers", description = "Layers (default: ${DEFAULT-VALUE}).")
    private int layers = 6;

    @Option(names = "--threads", split = ",", paramLabel = "N", description = "Threads (default: ${DEFAULT-VALUE}).")
    private List<Integer> threads = List.of(1, 2);

    @Option(names = "--rounds", description = "Times each side takes its turn (default: ${DEFAULT-VALUE}).")
    private int rounds = 5;

    @Option(names = "--steps", description = "Steps of a turn (default: ${DEFAULT-VALUE}).")
    private int steps = 3;

    @Option(
            names = "--peer",
            paramLabel = "COMMAND",
            description = "Command line that starts bench/peer/train_step.py; see bench/peer/README.md.")
    private @Nullable String peerCommand;

    private TrainStepBenchmark() {}

    /** Runs the benchmark. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new TrainStepBenchmark()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        System.out.println(Machine.read());
        var config = ModelConfig.parse(Path.of("benchmark"), config());
        var results = new Results();
        try (var peer =
                peerCommand == null ? null : PeerProcess.start(peerCommand + " --shapes '" + shapes(config) + "'")) {
            if (peer != null) {
                System.out.println("peer: " + peer.description());
            }
            for (var compute : Compute.values()) {
                for (int n : threads) {
                    measure(config, compute, n, peer, results);
                }
            }
        } finally {
            System.out.printf("load average %.2f at the end%n%n%s", Machine.load(), results.markdown());
        }
        return 0;
    }

    private void measure(ModelConfig config, Compute compute, int n, @Nullable PeerProcess peer, Results results)
            throws IOException {
        var what = "step, " + (compute == Compute.FP32 ? "fp32" : "bf16");
        try (var weights = Weights.initialize(ModelShapes.of(config), new ModelInitializer(config, 1));
                var optimizer = new AdamW(weights.all(), AdamWSettings.of(1e-4, 0.1));
                var objective = new SharedObjective(
                        new ModelObjective(config, ObjectiveSettings.standard()),
                        weights,
                        compute,
                        GradientCheckpointing.NONE,
                        ROWS,
                        n)) {
            var batch = batch(config);
            var draws = draws(config, batch);
            torch.set_num_threads(n);
            step(objective, weights, optimizer, batch, draws);
            for (int round = 0; round < rounds; round++) {
                if (peer != null) {
                    String precision = compute == Compute.FP32 ? "fp32" : "bf16";
                    results.seconds(
                            what,
                            Side.OFFICIAL,
                            n,
                            Double.parseDouble(peer.ask("%d %s %d".formatted(n, precision, steps))));
                }
                torch.set_num_threads(n);
                long start = System.nanoTime();
                for (int i = 0; i < steps; i++) {
                    step(objective, weights, optimizer, batch, draws);
                }
                results.seconds(what, Side.OURS, n, (System.nanoTime() - start) / 1e9 / steps);
            }
        }
    }

    /** What a run does in a step, rows shared among workers as there. */
    private static void step(
            SharedObjective objective, Weights weights, AdamW optimizer, TrainingBatch batch, FlowDraws draws) {
        objective.learn(batch, draws, 1);
        Gradients.clip(weights.all(), 1);
        optimizer.step(1);
        Gradients.clear(weights.all());
    }

    private static boolean isImage(int place) {
        int within = place % LENGTH % PERIOD;
        return within >= IMAGE_FROM && within < IMAGE_TO;
    }

    private static int[] slots() {
        return IntStream.range(0, ROWS * LENGTH)
                .filter(TrainStepBenchmark::isImage)
                .toArray();
    }

    /** Places that predict text. */
    private static int[] places() {
        return IntStream.range(0, ROWS * LENGTH)
                .filter(i -> (i + 1) % LENGTH != 0 && !isImage(i + 1))
                .toArray();
    }

    private static TrainingBatch batch(ModelConfig config) {
        var random = new Random(1);
        var ids = random.longs(ROWS * LENGTH, 0, VOCABULARY).toArray();
        var labels = ids.clone();
        var slots = slots();
        for (int slot : slots) {
            labels[slot] = TrainingBatch.IGNORED;
        }
        var tokens = normals(random, slots.length * config.tokenDimension());
        var learned = IntStream.range(0, slots.length).toArray();
        return new TrainingBatch(ROWS, LENGTH, ids, labels, slots, tokens, tokens, learned, new int[0]);
    }

    private static FlowDraws draws(ModelConfig config, TrainingBatch batch) {
        var random = new Random(2);
        int n = batch.learned().length;
        var of = IntStream.range(0, n * COPIES).map(i -> i % n).toArray();
        return new FlowDraws(of, normals(random, of.length * config.tokenDimension()), normals(random, of.length));
    }

    private static float[] normals(Random random, int n) {
        var values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private String config() {
        return """
                {"hidden_size": %d, "intermediate_size": %d, "num_hidden_layers": %d, "num_attention_heads": %d,
                 "num_key_value_heads": %d, "head_dim": 64, "vocab_size": %d, "max_position_embeddings": 1024,
                 "rms_norm_eps": 1e-6, "rope_theta": 10000.0, "attention_bias": true, "o_attention_bias": false,
                 "mlp_bias": false, "tie_word_embeddings": false, "latent_channels": 16, "latent_patch_size": 2,
                 "fm_head_dim": %d, "fm_head_layers": 3, "fm_head_batch_mul": %d, "eos_token_id": 0,
                 "pad_token_id_added": 1, "boi": 2, "eoi": 3, "image_placeholder_id": 4}
                """.formatted(hidden, mlp(), layers, hidden / 64, hidden / 128, VOCABULARY, hidden, COPIES);
    }

    private int mlp() {
        return hidden * 8 / 3 / 64 * 64;
    }

    private String shapes(ModelConfig config) {
        return ("{\"hidden\":%d,\"mlp\":%d,\"layers\":%d,\"heads\":%d,\"kv_heads\":%d,\"head_dim\":64,\"vocabulary\":%d,"
                        + "\"token\":%d,\"head_width\":%d,\"head_layers\":3,\"copies\":%d,\"rows\":%d,\"length\":%d,"
                        + "\"slots\":%s,\"places\":%s}")
                .formatted(
                        hidden,
                        mlp(),
                        layers,
                        hidden / 64,
                        hidden / 128,
                        VOCABULARY,
                        config.tokenDimension(),
                        hidden,
                        COPIES,
                        ROWS,
                        LENGTH,
                        Arrays.toString(slots()),
                        Arrays.toString(places()));
    }
}
