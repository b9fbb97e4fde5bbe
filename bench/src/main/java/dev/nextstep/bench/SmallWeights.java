package dev.nextstep.bench;

import dev.nextstep.GenerateRequest;
import dev.nextstep.NextStep;
import dev.nextstep.OpenOptions;
import dev.nextstep.checkpoint.IfExists;
import dev.nextstep.checkpoint.ModelDirectory;
import dev.nextstep.checkpoint.ModelQuantizer;
import dev.nextstep.checkpoint.QuantizationListener;
import dev.nextstep.checkpoint.QuantizationPlan;
import dev.nextstep.checkpoint.StoredFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What each format of weights costs in quality: the same prompts and seeds with the model as it is and quantised. */
@Command(
        name = "bench/run small-weights",
        description = {
            "Loss of quality by format: hidden states, latents and pictures of the same prompts and seeds,",
            "compared with the weights as they are. The quantised models are made in a temporary folder."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class SmallWeights implements Callable<Integer> {

    @Option(names = "--model", paramLabel = "DIR", description = "Model directory; the emoji model if not given.")
    private Path directory = PictureBenchmark.defaultModel();

    @Mixin
    private PromptArguments arguments = new PromptArguments();

    @Option(names = "--threads", description = "Threads (default: all processors).")
    private int threads = Runtime.getRuntime().availableProcessors();

    private SmallWeights() {}

    /** Runs the comparison. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new SmallWeights()).execute(args));
    }

    // What is compared, from finest to coarsest.
    private static Map<String, QuantizationPlan> plans() {
        var plans = new LinkedHashMap<String, QuantizationPlan>();
        plans.put("fp16, image tokenizer too", QuantizationPlan.of(StoredFormat.HALF));
        var q8 = QuantizationPlan.of(StoredFormat.Q8_0);
        plans.put("q8_0", q8);
        plans.put("q8_0, head and projectors too", everywhere(StoredFormat.Q8_0));
        var q4k = QuantizationPlan.of(StoredFormat.Q4_K);
        plans.put("q4_k, embeddings q8_0", q4k.withEmbeddings(StoredFormat.Q8_0).withLanguageHead(StoredFormat.Q8_0));
        plans.put("q4_k", q4k);
        var q4 = QuantizationPlan.of(StoredFormat.Q4_0);
        plans.put("q4_0, embeddings q8_0", q4.withEmbeddings(StoredFormat.Q8_0).withLanguageHead(StoredFormat.Q8_0));
        plans.put("q4_0", q4);
        plans.put("q4_k, head and projectors too", everywhere(StoredFormat.Q4_K));
        plans.put("q4_0, head and projectors too", everywhere(StoredFormat.Q4_0));
        return plans;
    }

    private static QuantizationPlan everywhere(StoredFormat format) {
        return QuantizationPlan.of(format).withFlowHead(format).withProjectors(format);
    }

    @Override
    public Integer call() throws IOException {
        System.out.println(Machine.read());
        var prompts = arguments.read();
        var options = OpenOptions.DEFAULT.withThreads(threads);
        var temporary = Files.createTempDirectory("nextstep-small-weights");
        try (var files = ModelDirectory.open(directory);
                var reference = NextStep.open(directory, options)) {
            var comparison = FormatComparison.with(reference, prompts);
            System.out.println(FormatComparison.HEADER);
            System.out.println(comparison.referenceRow(bytes(directory)));
            for (var plan : plans().entrySet()) {
                var target = temporary.resolve("model");
                ModelQuantizer.quantize(files, target, plan.getValue(), IfExists.REFUSE, QuantizationListener.NONE);
                try (var model = NextStep.open(target, options)) {
                    System.out.println(comparison.row(plan.getKey(), bytes(target), model));
                }
                delete(target);
            }
        } finally {
            delete(temporary);
        }
        return 0;
    }

    /** Bytes of weights, image tokenizer included. */
    private static long bytes(Path model) throws IOException {
        try (var opened = ModelDirectory.open(model)) {
            long bytes = 0;
            for (var source : List.of(opened.tensors(), opened.vae().tensors())) {
                for (var name : source.names()) {
                    bytes += source.find(name).orElseThrow().data().byteSize();
                }
            }
            return bytes;
        }
    }

    private static void delete(Path root) throws IOException {
        try (var paths = Files.walk(root)) {
            for (var path :
                    new ArrayList<>(paths.sorted(Comparator.reverseOrder()).toList())) {
                Files.delete(path);
            }
        }
    }

    /** The request that all models get for a prompt. */
    static GenerateRequest request(String caption) {
        return GenerateRequest.builder(caption).seed(1).build();
    }
}
