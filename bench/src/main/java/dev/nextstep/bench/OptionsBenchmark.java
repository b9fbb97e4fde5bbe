package dev.nextstep.bench;

import dev.nextstep.GenerateRequest;
import dev.nextstep.LateSteps;
import dev.nextstep.NextStep;
import dev.nextstep.OpenOptions;
import dev.nextstep.Picture;
import dev.nextstep.flow.HeadType;
import dev.nextstep.flow.Sampler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What options that change the picture save and cost: the same prompts and seed with and without each. */
@Command(
        name = "bench/run options",
        description = {
            "Time and change of pictures by option: late steps, fewer steps, guidance now and then, other samplers, an",
            "8-bit flow head. Each prompt is drawn with all options in turn before the next one."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class OptionsBenchmark implements Callable<Integer> {
    private static final String USUAL = "none";

    @Option(names = "--model", paramLabel = "DIR", description = "Model directory; the emoji model if not given.")
    private Path directory = PictureBenchmark.defaultModel();

    @Mixin
    private PromptArguments arguments = new PromptArguments();

    @Option(names = "--threads", description = "Threads (default: all processors).")
    private int threads = Runtime.getRuntime().availableProcessors();

    private OptionsBenchmark() {}

    /** Runs the comparison. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new OptionsBenchmark()).execute(args));
    }

    /** A way to draw: which of the open models, and what else the request says. */
    private record Way(HeadType head, UnaryOperator<GenerateRequest.Builder> change) {}

    private static Map<String, Way> ways() {
        var ways = new LinkedHashMap<String, Way>();
        ways.put(USUAL, stored(b -> b));
        for (int every : new int[] {2, 3, 4, 7, 28}) {
            ways.put("`--guidance-every " + every + "`", stored(b -> b.guidanceEvery(every)));
        }
        ways.put("`--late-steps 14`", stored(b -> b.lateSteps(new LateSteps(14))));
        ways.put("`--late-steps 14@0.25`", stored(b -> b.lateSteps(new LateSteps(14, 0.25f))));
        ways.put("`--late-steps 7`", stored(b -> b.lateSteps(new LateSteps(7))));
        ways.put("`--late-steps 7@0.25`", stored(b -> b.lateSteps(new LateSteps(7, 0.25f))));
        for (int steps : new int[] {20, 14, 10, 7}) {
            ways.put("`--steps " + steps + "`", stored(b -> b.steps(steps)));
        }
        ways.put("`--sampler ode`", stored(b -> b.sampler(Sampler.of("ode"))));
        for (int steps : new int[] {14, 10, 7, 5}) {
            ways.put("`--sampler ode --steps " + steps + "`", sampled("ode", steps));
        }
        for (int steps : new int[] {14, 7, 5, 3}) {
            ways.put("`--sampler heun --steps " + steps + "`", sampled("heun", steps));
        }
        for (int steps : new int[] {14, 7, 5, 3}) {
            ways.put("`--sampler midpoint --steps " + steps + "`", sampled("midpoint", steps));
        }
        ways.put("`--head q8`", new Way(HeadType.Q8, b -> b));
        ways.put(
                "`--head q8 --late-steps 14 --guidance-every 2`",
                new Way(HeadType.Q8, b -> b.lateSteps(new LateSteps(14)).guidanceEvery(2)));
        return ways;
    }

    private static Way stored(UnaryOperator<GenerateRequest.Builder> change) {
        return new Way(HeadType.STORED, change);
    }

    private static Way sampled(String sampler, int steps) {
        return stored(b -> b.sampler(Sampler.of(sampler)).steps(steps));
    }

    @Override
    public Integer call() throws IOException {
        System.out.println(Machine.read());
        var prompts = arguments.read();
        var options = OpenOptions.DEFAULT.withThreads(threads);
        var ways = ways();
        var pictures = new LinkedHashMap<String, List<Picture>>();
        var times = new LinkedHashMap<String, List<Double>>();
        for (var name : ways.keySet()) {
            pictures.put(name, new ArrayList<>());
            times.put(name, new ArrayList<>());
        }
        try (var stored = NextStep.open(directory, options);
                var small = NextStep.open(directory, options.withHead(HeadType.Q8))) {
            for (var model : List.of(stored, small)) {
                prompts.captions().stream().limit(32).forEach(caption -> model.generate(request(caption, b -> b)));
            }
            for (var caption : prompts.captions()) {
                ways.forEach((name, way) -> {
                    var model = way.head == HeadType.STORED ? stored : small;
                    var request = request(caption, way.change);
                    long began = System.nanoTime();
                    var picture = model.generate(request);
                    Objects.requireNonNull(times.get(name)).add((System.nanoTime() - began) / 1e6);
                    Objects.requireNonNull(pictures.get(name)).add(picture);
                });
            }
        }
        System.out.printf("| option | ms a picture: median [quartiles] | time | %s |%n", PictureComparison.HEADER);
        System.out.printf("|---|---|---|%s%n", PictureComparison.RULE);
        var usual = Objects.requireNonNull(pictures.get(USUAL));
        double usualTime =
                Quartiles.of(Objects.requireNonNull(times.get(USUAL))).median();
        pictures.forEach((name, drawn) -> {
            var comparison = new PictureComparison(prompts.recall());
            for (int i = 0; i < drawn.size(); i++) {
                comparison.add(usual.get(i).pixels(), drawn.get(i).pixels());
            }
            var time = Quartiles.of(Objects.requireNonNull(times.get(name)));
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.1f [%.1f–%.1f] | %.0f %% | %s%n",
                    name,
                    time.median(),
                    time.lower(),
                    time.upper(),
                    100 * time.median() / usualTime,
                    name.equals(USUAL) ? comparison.usualColumns() : comparison.columns());
        });
        System.out.printf(Locale.ROOT, "load average %.2f at the end%n", Machine.load());
        return 0;
    }

    private static GenerateRequest request(String caption, UnaryOperator<GenerateRequest.Builder> change) {
        return change.apply(GenerateRequest.builder(caption).seed(1)).build();
    }
}
