package dev.nextstep.train.recipe;

import static dev.nextstep.data.yaml.YamlNode.optional;
import static dev.nextstep.train.recipe.RecipeReader.number;

import dev.nextstep.data.yaml.YamlNode;
import dev.nextstep.torch.Compute;
import dev.nextstep.train.optim.AdamWSettings;
import dev.nextstep.train.optim.Decay;
import dev.nextstep.train.optim.Frozen;
import dev.nextstep.train.optim.LearningRate;
import dev.nextstep.train.optim.MatrixPrecision;
import dev.nextstep.train.optim.MuonSettings;
import dev.nextstep.train.optim.OptimizerSettings;
import dev.nextstep.train.optim.ParameterGroup;
import dev.nextstep.train.optim.ParameterRank;
import dev.nextstep.train.run.GuardPolicy;
import dev.nextstep.train.run.LoopSettings;
import dev.nextstep.train.run.Ranking;
import dev.nextstep.train.run.Retention;
import dev.nextstep.train.run.Schedule;
import dev.nextstep.train.run.StopConditions;
import dev.nextstep.train.task.LearningTask;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the part of a recipe that all kinds have in common. */
final class RunSettingsReader {
    private static final double MILLIS_PER_HOUR = 3.6e6;
    private static final double MILLIS_PER_MINUTE = 6e4;

    private final YamlNode root;
    private final Map<String, YamlNode> keys;

    RunSettingsReader(YamlNode root, Map<String, YamlNode> keys) {
        this.root = root;
        this.keys = keys;
    }

    RunSettings read() {
        var compute = compute();
        var optimizer = root.required(keys, "optimizer");
        var o = optimizer.members(Set.of("groups", "max_gradient_norm", "accumulation", "ema"));
        var groups = optimizer.required(o, "groups").elements().stream()
                .map(g -> group(g, compute))
                .toList();
        var ema = optional(o, "ema").map(YamlNode::number);
        var task = optimizer.checked(() -> new LearningTask.Settings(
                RecipeReader.whole(o, "accumulation", 1, 1 << 20),
                number(o, "max_gradient_norm", 1),
                ema.isPresent() && ema.get() > 0 ? OptionalDouble.of(ema.get()) : OptionalDouble.empty()));
        var loop = new LoopSettings(
                stop(),
                learningRate(),
                schedule(),
                retention(),
                guard(),
                optional(keys, "seed").map(YamlNode::whole).orElse(1L));
        return new RunSettings(loop, task, groups, compute);
    }

    private Compute compute() {
        return optional(keys, "precision")
                .map(n -> n.oneOf(Map.of(
                        "auto", Optional.<Compute>empty(),
                        "fp32", Optional.of(Compute.FP32),
                        "bf16", Optional.of(Compute.BF16_MIXED))))
                .orElse(Optional.empty())
                .orElseGet(Processor::suited);
    }

    private static ParameterGroup group(YamlNode node, Compute compute) {
        var g = node.members(Set.of("name", "parameters", "rank", "adamw", "muon", "frozen"));
        var rank = optional(g, "rank")
                .map(n -> n.oneOf(Map.of("any", ParameterRank.ANY, "matrices", ParameterRank.MATRICES)))
                .orElse(ParameterRank.ANY);
        if (Stream.of("adamw", "muon", "frozen").filter(g::containsKey).count() != 1) {
            throw node.refused("needs one of adamw or muon with their settings, or frozen: true");
        }
        OptimizerSettings settings = optional(g, "adamw")
                .<OptimizerSettings>map(RunSettingsReader::adamw)
                .or(() -> optional(g, "frozen").map(n -> n.oneOf(Map.of("true", new Frozen()))))
                .orElseGet(() -> muon(node.required(g, "muon"), compute));
        return node.checked(() -> new ParameterGroup(
                node.required(g, "name").text(),
                node.required(g, "parameters").elements().stream()
                        .map(YamlNode::text)
                        .toList(),
                rank,
                settings));
    }

    private static AdamWSettings adamw(YamlNode node) {
        var a = node.members(Set.of("learning_rate", "weight_decay", "beta1", "beta2", "epsilon"));
        double rate = node.required(a, "learning_rate").number();
        return node.checked(() -> new AdamWSettings(
                rate,
                number(a, "weight_decay", 0),
                number(a, "beta1", 0.9),
                number(a, "beta2", 0.95),
                number(a, "epsilon", 1e-8)));
    }

    private static MuonSettings muon(YamlNode node, Compute compute) {
        var m = node.members(Set.of("learning_rate", "weight_decay", "momentum", "iterations", "update_rms"));
        double rate = node.required(m, "learning_rate").number();
        var products = compute == Compute.FP32 ? MatrixPrecision.FP32 : MatrixPrecision.BF16;
        return node.checked(() -> new MuonSettings(
                rate,
                number(m, "weight_decay", 0),
                number(m, "momentum", 0.95),
                RecipeReader.whole(m, "iterations", 5, 20),
                number(m, "update_rms", 0.2),
                products));
    }

    private StopConditions stop() {
        var node = root.required(keys, "stop");
        var s = node.members(Set.of("steps", "epochs", "hours"));
        return node.checked(() -> new StopConditions(
                optional(s, "steps").map(n -> OptionalLong.of(n.whole())).orElse(OptionalLong.empty()),
                optional(s, "epochs").map(n -> OptionalDouble.of(n.number())).orElse(OptionalDouble.empty()),
                optional(s, "hours").map(n -> Duration.ofMillis((long) (n.number() * MILLIS_PER_HOUR)))));
    }

    private LearningRate learningRate() {
        var node = root.required(keys, "schedule");
        var s = node.members(Set.of("warmup", "decay", "floor", "cycles", "power", "timescale"));
        long warmup = optional(s, "warmup").map(YamlNode::whole).orElse(0L);
        String kind = optional(s, "decay").map(YamlNode::text).orElse("constant");
        return node.checked(() -> new LearningRate(
                warmup,
                switch (kind) {
                    case "constant" -> new Decay.Constant();
                    case "cosine" -> new Decay.Cosine(number(s, "floor", 0), number(s, "cycles", 0.5));
                    case "cosine_with_restarts" -> new Decay.CosineWithRestarts(number(s, "cycles", 1));
                    case "linear" -> new Decay.Linear();
                    case "polynomial" -> new Decay.Polynomial(number(s, "floor", 0), number(s, "power", 1));
                    case "inverse_sqrt" ->
                        new Decay.InverseSquareRoot(number(s, "timescale", Math.max(1, (double) warmup)));
                    default ->
                        throw new IllegalArgumentException(("decay is '%s', allowed is constant, cosine, "
                                        + "cosine_with_restarts, linear, polynomial, inverse_sqrt")
                                .formatted(kind));
                }));
    }

    private Schedule schedule() {
        var node = optional(keys, "intervals").orElseGet(() -> YamlNode.parse("{}", "recipe"));
        var i = node.members(Set.of("log", "validation", "samples", "checkpoint", "checkpoint_minutes"));
        return node.checked(() -> new Schedule(
                optional(i, "log").map(YamlNode::whole).orElse(20L),
                steps(i, "checkpoint"),
                Duration.ofMillis((long) (number(i, "checkpoint_minutes", 5) * MILLIS_PER_MINUTE)),
                steps(i, "validation"),
                steps(i, "samples")));
    }

    private static OptionalLong steps(Map<String, YamlNode> members, String key) {
        return optional(members, key).map(n -> OptionalLong.of(n.whole())).orElse(OptionalLong.empty());
    }

    private Retention retention() {
        var node = optional(keys, "keep").orElseGet(() -> YamlNode.parse("{}", "recipe"));
        var k = node.members(Set.of("newest", "best", "metric", "better"));
        var better = optional(k, "better")
                .map(n -> n.oneOf(Map.of("lower", Ranking.Better.LOWER, "higher", Ranking.Better.HIGHER)))
                .orElse(Ranking.Better.LOWER);
        return node.checked(() -> new Retention(
                RecipeReader.whole(k, "newest", 2, 1_000_000),
                optional(k, "best").map(n -> n.whole(0, 1_000_000)).orElse(0),
                optional(k, "metric").map(n -> new Ranking(n.text(), better))));
    }

    private GuardPolicy guard() {
        var standard = GuardPolicy.standard();
        return optional(keys, "guard")
                .map(node -> {
                    var g = node.members(
                            Set.of("window", "spike_factor", "patience", "rollbacks", "lr_factor", "recovery_steps"));
                    return node.checked(() -> new GuardPolicy(
                            RecipeReader.whole(g, "window", standard.window(), 10_000),
                            number(g, "spike_factor", standard.spikeFactor()),
                            RecipeReader.whole(g, "patience", standard.patience(), 1_000_000),
                            optional(g, "rollbacks")
                                    .map(n -> n.whole(0, 1_000_000))
                                    .orElse(standard.rollbacks()),
                            number(g, "lr_factor", standard.lrFactor()),
                            RecipeReader.whole(g, "recovery_steps", standard.recoverySteps(), 1_000_000)));
                })
                .orElse(standard);
    }
}
