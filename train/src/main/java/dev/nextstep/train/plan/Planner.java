package dev.nextstep.train.plan;

import dev.nextstep.checkpoint.VaeConfig;
import dev.nextstep.data.SampleKind;
import dev.nextstep.data.pack.Packing;
import dev.nextstep.image.AspectBuckets;
import dev.nextstep.torch.Compute;
import dev.nextstep.torch.ModelShapes;
import dev.nextstep.torch.VaeShapes;
import dev.nextstep.train.model.GradientCheckpointing;
import dev.nextstep.train.recipe.RunAssembly;
import dev.nextstep.train.recipe.RunSettings;
import dev.nextstep.train.recipe.TokenizerRecipe;
import dev.nextstep.train.recipe.TrainingRecipe;
import dev.nextstep.train.recipe.TransformerRecipe;
import dev.nextstep.train.run.RunException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Works out what a recipe costs. */
public final class Planner {
    private static final double MILLIS = 1000;
    private static final int FLOAT = 4;
    private static final int ID = 8;

    private final Devices devices;
    private final int captionTokens;
    private final List<String> assumptions = new ArrayList<>();

    private Planner(Devices devices, int captionTokens) {
        this.devices = devices;
        this.captionTokens = captionTokens;
    }

    /**
     * The plan of a recipe.
     *
     * @param captionTokens tokens of a caption where there is no data to look at
     * @throws RunException if the recipe neither says how large the model is nor names one that is there
     */
    public static TrainingPlan plan(TrainingRecipe recipe, Devices devices, int captionTokens) {
        var planner = new Planner(devices, captionTokens);
        return switch (recipe) {
            case TransformerRecipe r -> planner.transformer(r);
            case TokenizerRecipe r -> planner.tokenizer(r);
        };
    }

    private TrainingPlan transformer(TransformerRecipe recipe) {
        var model = PlannedModel.of(recipe, assumptions);
        var config = model.config();
        int parts = recipe.run().task().accumulation();
        int copies = recipe.lesson().flowCopies();
        var facts = recipe.training().stream()
                .map(entry -> DataFacts.of(entry, captionTokens))
                .toList();
        long missing = facts.stream().filter(f -> f.samples().isEmpty()).count();
        if (missing > 0) {
            assumptions.add(
                    "%d of %d data sets are not there: captions of %d tokens, three pictures of an interleaved sample"
                            .formatted(missing, facts.size(), captionTokens));
        }
        var part = new ExpectedRows(recipe).ofAPart(facts);
        var step = part.times(parts);
        var optimizer = OptimizerCost.of(ModelShapes.of(config), recipe.run().groups());
        var flops = StepFlops.of(
                config,
                step,
                copies,
                recipe.lesson().checkpointing(),
                encoding(recipe, facts, model, step),
                optimizer.flops());
        var compute = recipe.run().compute();
        // Rows whose samples do not see each other have a mask each.
        double masks = recipe.packing() instanceof Packing.BlockDiagonal
                ? recipe.lesson().rows()
                : 1;
        var activations = ActivationMemory.of(config, part, masks, copies, compute, devices.attention());
        var parameters = ParameterCounts.of(config);
        var encoder = ParameterCounts.of(model.vae());
        double values = (part.image() * 2 + part.learned() * copies) * config.tokenDimension();
        double ofBlocks = parameters.of("transformer");
        double others = (double) parameters.total() - ofBlocks - parameters.of("embedding");
        var memory = memory(
                recipe.run(),
                parameters.total(),
                others + ofBlocks,
                others + ofBlocks / config.layers(),
                optimizer,
                FLOAT * (double) encoder.total(),
                activations.peak(),
                activations.recomputedPeak(),
                2 * (2 * ID * part.positions() + FLOAT * values));
        return plan(
                recipe,
                parameters,
                Optional.of(encoder),
                step,
                flops,
                memory,
                recipe.lesson().checkpointing(),
                samples(facts));
    }

    private double encoding(TransformerRecipe recipe, List<DataFacts> facts, PlannedModel model, StepTokens step) {
        double tokens = 0;
        double flops = 0;
        double kept = 0;
        double once = 0;
        for (int i = 0; i < facts.size(); i++) {
            var entry = recipe.training().get(i);
            if (entry.kind() == SampleKind.TEXT) {
                continue;
            }
            double picture = ExpectedRows.tokens(recipe.fit(entry));
            double side = Math.sqrt(picture) * AspectBuckets.TOKEN_PIXELS;
            // Rows of equal weight hold equal numbers of image tokens, near enough.
            tokens += entry.weight();
            double cost = TokenizerCost.of(model.vae(), side).encoderFlops();
            flops += entry.weight() * cost / picture;
            double pictures = facts.get(i).samples().isEmpty()
                    ? Double.POSITIVE_INFINITY
                    : (double) facts.get(i).samples().getAsLong() * facts.get(i).pictures();
            kept += pictures * picture * model.config().tokenDimension() * FLOAT;
            once += pictures * cost;
        }
        if (tokens > 0 && kept <= (double) RunAssembly.LATENT_BYTES) {
            assumptions.add(
                    "the tokens of all pictures fit in memory (%.0f MB): each is encoded once, %.1e operations in all, not counted in the steps"
                            .formatted(kept / 1e6, once));
            return 0;
        }
        if (tokens == 0) {
            return 0;
        }
        assumptions.add(
                "every picture is encoded anew; those that were met lately, up to %.1f GB of tokens on the host, are not"
                        .formatted((double) RunAssembly.LATENT_BYTES / 1e9));
        return flops / tokens * step.image();
    }

    private static OptionalDouble samples(List<DataFacts> facts) {
        return facts.stream().anyMatch(f -> f.samples().isEmpty())
                ? OptionalDouble.empty()
                : OptionalDouble.of((double)
                        facts.stream().mapToLong(f -> f.samples().getAsLong()).sum());
    }

    private TrainingPlan tokenizer(TokenizerRecipe recipe) {
        var config = recipe.shape();
        if (recipe.from().isPresent()) {
            var file = recipe.from().get().resolve("config.json");
            if (Files.isRegularFile(file)) {
                config = VaeConfig.read(file);
            } else {
                assumptions.add("%s is not there: the sizes of the recipe"
                        .formatted(recipe.from().get()));
            }
        }
        var settings = recipe.settings();
        int parts = recipe.run().task().accumulation();
        double batch = settings.batch();
        double latents = 0;
        double largest = 0;
        double once = 0;
        double values = 0;
        double pixels = 0;
        for (var set : settings.crops()) {
            var cost = TokenizerCost.of(config, set.side());
            double latent = Math.pow(set.side() / (double) config.downsampling(), 2);
            latents += set.batch() * latent;
            largest = Math.max(largest, latent);
            once += set.batch() * (cost.encoderFlops() + cost.decoderFlops());
            // One size after the other, so the most that is kept is that of one.
            values = Math.max(values, set.batch() * (cost.encoderValues() + cost.decoderValues()));
            pixels = Math.max(pixels, (double) FLOAT * set.batch() * 3 * set.side() * set.side());
        }
        var step = new StepTokens(latents, largest, 0, 0, 0, batch, batch).times(parts);
        var optimizer = OptimizerCost.of(VaeShapes.of(config), recipe.run().groups());
        var flops = new StepFlops(0, 0, 0, 0, 0, 0, 3 * once * parts, optimizer.flops());
        double width = recipe.run().compute() == Compute.FP32 ? FLOAT : 2;
        double activations = width * values;
        var parameters = ParameterCounts.of(config);
        var memory = memory(
                recipe.run(),
                parameters.total(),
                (double) parameters.total(),
                (double) parameters.total(),
                optimizer,
                0,
                activations,
                activations,
                pixels);
        var facts = recipe.training().stream()
                .map(entry -> DataFacts.of(entry, captionTokens))
                .toList();
        return plan(
                recipe, parameters, Optional.empty(), step, flops, memory, GradientCheckpointing.NONE, samples(facts));
    }

    /** Adds what any network has. */
    private DeviceMemory memory(
            RunSettings run,
            long parameters,
            double rounded,
            double roundedCheckpointed,
            OptimizerCost optimizer,
            double imageTokenizer,
            double activations,
            double recomputedActivations,
            double batch) {
        double floats = FLOAT * (double) parameters;
        return new DeviceMemory(
                floats,
                run.compute() == Compute.FP32 ? 0 : 2 * rounded,
                run.compute() == Compute.FP32 ? 0 : 2 * roundedCheckpointed,
                floats * devices.workers(),
                optimizer.states(),
                run.task().emaDecay().isPresent() ? floats : 0,
                imageTokenizer,
                activations,
                recomputedActivations,
                optimizer.workspace(),
                batch);
    }

    private TrainingPlan plan(
            TrainingRecipe recipe,
            ParameterCounts parameters,
            Optional<ParameterCounts> imageTokenizer,
            StepTokens step,
            StepFlops flops,
            DeviceMemory memory,
            GradientCheckpointing checkpointing,
            OptionalDouble samples) {
        int parts = recipe.run().task().accumulation();
        if (devices.count() > parts) {
            assumptions.add("a step has %d parts: no more than %d of the %d devices have work"
                    .formatted(parts, parts, devices.count()));
        }
        var stop = recipe.run().loop().stop();
        double steps = stop.steps().isPresent() ? (double) stop.steps().getAsLong() : Double.POSITIVE_INFINITY;
        if (stop.epochs().isPresent() && samples.isPresent()) {
            steps = Math.min(steps, Math.ceil(stop.epochs().getAsDouble() * samples.getAsDouble() / step.samples()));
        }
        if (stop.time().isPresent()) {
            double seconds = (double) stop.time().get().toMillis() / MILLIS;
            double fit = Math.floor(seconds / TrainingPlan.stepSeconds(flops, parts, devices));
            if (fit < steps) {
                steps = fit;
                assumptions.add("the stage ends by the clock: as many steps as fit");
            }
        }
        if (Double.isInfinite(steps)) {
            assumptions.add("the stage ends by passes over data that is not there: its length is unknown");
        }
        return new TrainingPlan(
                recipe.kind(),
                parameters,
                imageTokenizer,
                parts,
                step,
                flops,
                Double.isInfinite(steps) ? OptionalDouble.empty() : OptionalDouble.of(steps),
                memory,
                checkpointing,
                devices,
                assumptions);
    }
}
