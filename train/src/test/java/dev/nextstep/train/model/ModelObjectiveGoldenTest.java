package dev.nextstep.train.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nextstep.checkpoint.ModelDirectory;
import dev.nextstep.testing.Golden;
import dev.nextstep.testing.GoldenTensors;
import dev.nextstep.torch.Compute;
import dev.nextstep.torch.ModelShapes;
import dev.nextstep.torch.StepWeights;
import dev.nextstep.torch.Tensors;
import dev.nextstep.torch.Weights;
import dev.nextstep.train.optim.AdamWSettings;
import dev.nextstep.train.optim.Gradients;
import dev.nextstep.train.optim.ParameterGroup;
import dev.nextstep.train.optim.ParameterGroups;
import dev.nextstep.train.optim.ParameterRank;
import dev.nextstep.vae.Patchifier;
import dev.nextstep.vae.Planes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Losses, gradients and parameters after optimiser steps of the official training code (golden set training-feb). */
class ModelObjectiveGoldenTest {
    private static final String FOLDER = "feb/training-feb";
    private static final double LOSS = 3e-6;
    private static final double PER_TOKEN = 5e-6;
    private static final double GRADIENT = 5e-6;
    private static final double STEP = 2e-5;

    static Stream<String> cases() {
        var names = new ArrayList<String>();
        for (var node : Golden.json(Golden.folder(FOLDER).resolve("cases.json")).get("cases")) {
            if (!isLeftOut(node.get("name").asText())) {
                names.add(node.get("name").asText());
            }
        }
        assertThat(names).isNotEmpty();
        return names.stream();
    }

    private static boolean isLeftOut(String name) {
        return Golden.isLeftOut(FOLDER + "/" + name + ".safetensors");
    }

    static Stream<String> runs() {
        var run = Golden.json(Golden.folder(FOLDER).resolve("cases.json")).get("several_steps");
        String name = run.get("name").asText();
        assumeFalse(isLeftOut(name), name + " is left out of this selection");
        return Stream.of("several_steps");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void lossesGradientsAndOneStep(String name) {
        var expected = describe(name);
        try (var model = ModelDirectory.open(Golden.folder("feb/tiny-feb"));
                var golden = GoldenTensors.open(Golden.folder(FOLDER).resolve(name + ".safetensors"));
                var weights = Weights.read(model.tensors(), ModelShapes.of(model.config()));
                var _ = new PointerScope()) {
            var step = learn(model, golden, expected.get("config"), weights, expected);
            assertThat(Gradients.clip(weights.all(), 1.0))
                    .isCloseTo(expected.get("grad_norm_before_clip").asDouble(), within(2e-5));
            assertThat(step).isNotNull();
            if (golden.has("after_step.norm.weight")) {
                try (var optimizer = optimizer(weights, 1e-3)) {
                    optimizer.step(1);
                }
                compareWeights(golden, "after_step.", weights, STEP);
            }
        }
    }

    private static JsonNode describe(String name) {
        for (var node : Golden.json(Golden.folder(FOLDER).resolve("cases.json")).get("cases")) {
            if (node.get("name").asText().equals(name)) {
                return node;
            }
        }
        throw new AssertionError("no case " + name);
    }

    /** Forward and backward pass of one case, compared in every part that the case records. */
    private static Losses learn(
            ModelDirectory model, GoldenTensors golden, JsonNode config, Weights weights, JsonNode expected) {
        var objective = new ModelObjective(model.config(), settings(config));
        var batch = batch(model, golden);
        var draws = draws(golden, batch, model.config().tokenDimension());
        var losses = objective.of(new StepWeights(weights, Compute.FP32), batch, draws);
        losses.total().backward();
        close(losses.text().orElseThrow().item_float(), expected.get("lm_loss").asDouble(), LOSS);
        close(
                losses.image().orElseThrow().item_float(),
                expected.get("image_loss").asDouble(),
                LOSS);
        close(losses.total().item_float(), expected.get("loss").asDouble(), LOSS);
        assertThat(losses.textTokens()).isEqualTo(golden.longs("ce_labels").length - ignored(golden));
        var perCopy = golden.floats("fm_loss_per_copy");
        assertThat(Golden.maxDifference(Tensors.toFloats(losses.perCopy().orElseThrow()), perCopy))
                .isLessThan(PER_TOKEN * 2);
        expected.path("shapes").fieldNames().forEachRemaining(key -> {
            if (key.startsWith("grad.")) {
                var gradient = golden.floats(key);
                var actual = Tensors.toFloats(weights.get(key.substring(5)).grad());
                double norm = norm(gradient);
                assertThat(norm(difference(actual, gradient)) / norm).as(key).isLessThan(GRADIENT);
            }
        });
        return losses;
    }

    private static long ignored(GoldenTensors golden) {
        return Arrays.stream(golden.longs("ce_labels"))
                .filter(l -> l == TrainingBatch.IGNORED)
                .count();
    }

    private static ObjectiveSettings settings(JsonNode config) {
        boolean byTokens = config.path("use_token_length_weight").asBoolean(false);
        return new ObjectiveSettings(
                config.get("lm_loss_weight").asDouble(),
                config.get("image_loss_weight").asDouble(),
                byTokens ? ObjectiveSettings.Weighting.TOKEN_COUNT : ObjectiveSettings.Weighting.PLAIN);
    }

    @ParameterizedTest
    @MethodSource("runs")
    void severalSteps(String name) {
        var run = Golden.json(Golden.folder(FOLDER).resolve("cases.json")).get(name);
        var file = Golden.folder(FOLDER).resolve(run.get("name").asText() + ".safetensors");
        try (var model = ModelDirectory.open(Golden.folder("feb/tiny-feb"));
                var golden = GoldenTensors.open(file);
                var weights = Weights.read(model.tensors(), ModelShapes.of(model.config()));
                var optimizer = optimizer(weights, 1)) {
            for (var step : run.get("steps")) {
                var of = Golden.folder(FOLDER)
                        .resolve(step.get("batch_and_noise_of").asText() + ".safetensors");
                try (var _ = new PointerScope();
                        var data = GoldenTensors.open(of)) {
                    var batch = batch(model, data);
                    var objective = new ModelObjective(model.config(), settings(run.get("config")));
                    var losses = objective.of(
                            new StepWeights(weights, Compute.FP32),
                            batch,
                            draws(data, batch, model.config().tokenDimension()));
                    losses.total().backward();
                    close(losses.total().item_float(), step.get("loss").asDouble(), 3e-5);
                    assertThat(Gradients.clip(weights.all(), 1.0))
                            .isCloseTo(step.get("grad_norm_before_clip").asDouble(), within(3e-4));
                }
                optimizer.step(step.get("lr_used").asDouble());
                Gradients.clear(weights.all());
                compareWeights(golden, "step" + step.get("step").asInt() + ".", weights, 1e-4);
            }
        }
    }

    /** The official groups (spec §8.4): no decay of biases and of the head's layer norms. */
    private static ParameterGroups optimizer(Weights weights, double learningRate) {
        var plain = List.of("*bias", "*in_ln.weight");
        return new ParameterGroups(
                weights.all(),
                List.of(
                        new ParameterGroup("plain", plain, ParameterRank.ANY, AdamWSettings.of(learningRate, 0)),
                        new ParameterGroup(
                                "decayed", List.of("*"), ParameterRank.ANY, AdamWSettings.of(learningRate, 0.1))));
    }

    private static void compareWeights(GoldenTensors golden, String prefix, Weights weights, double allowed) {
        int compared = 0;
        for (var name : weights.all().keySet()) {
            if (golden.has(prefix + name)) {
                compared++;
                assertThat(Golden.maxDifference(Tensors.toFloats(weights.get(name)), golden.floats(prefix + name)))
                        .as(prefix + name)
                        .isLessThan(allowed);
            }
        }
        assertThat(compared).as("weights recorded under " + prefix).isPositive();
    }

    private static TrainingBatch batch(ModelDirectory model, GoldenTensors golden) {
        var ids = golden.longs("input_ids");
        int rows = golden.tensor("input_ids").dimension(0);
        int length = golden.tensor("input_ids").dimension(1);
        long placeholder = model.config().tokens().imagePlaceholder().orElseThrow();
        var slots = IntStream.range(0, ids.length)
                .filter(i -> ids[i] == placeholder)
                .toArray();
        var targets = new ArrayList<float[]>();
        var inputs = new ArrayList<float[]>();
        var learned = new ArrayList<Integer>();
        var flags = golden.longs("image_filtered_idx");
        var patchifier = new Patchifier(model.config().patchSize());
        int at = 0;
        for (int i = 0; i < flags.length; i++) {
            var clean = patchifier.patchify(latent(golden, "latents", i));
            boolean noisy = golden.has("noisy_latents_0");
            inputs.add(noisy ? patchifier.patchify(latent(golden, "noisy_latents", i)) : clean);
            targets.add(clean);
            int tokens = clean.length / model.config().tokenDimension();
            for (int k = 0; k < tokens; k++, at++) {
                if (flags[i] != 0) {
                    learned.add(at);
                }
            }
        }
        return new TrainingBatch(
                rows,
                length,
                ids,
                golden.longs("labels"),
                slots,
                joined(inputs),
                joined(targets),
                learned.stream().mapToInt(k -> k).toArray(),
                new int[0]);
    }

    /** Picture i of a stack [n, c, h, w], or of tensors with a number each. */
    private static Planes latent(GoldenTensors golden, String name, int i) {
        boolean single =
                golden.has(name + "_" + i) && golden.tensor(name + "_" + i).dimension(0) == 1;
        var tensor = golden.tensor(single ? name + "_" + i : golden.has(name) ? name : name + "_0");
        int c = tensor.dimension(1);
        int h = tensor.dimension(2);
        int w = tensor.dimension(3);
        var all = tensor.toFloats();
        int at = single ? 0 : i * c * h * w;
        return new Planes(c, h, w, Arrays.copyOfRange(all, at, at + c * h * w));
    }

    private static float[] joined(List<float[]> parts) {
        var all = new float[parts.stream().mapToInt(p -> p.length).sum()];
        int at = 0;
        for (var part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    /** Rows are picture, copy, token where pictures have one size, otherwise copy, then all tokens. */
    private static FlowDraws draws(GoldenTensors golden, TrainingBatch batch, int width) {
        var noise = golden.floats("fm_noise");
        int copies = noise.length / width;
        int learned = batch.learned().length;
        int repeats = copies / learned;
        var of = new int[copies];
        boolean stacked = golden.has("latents");
        int perPicture = stacked
                ? golden.tensor("latents").dimension(2)
                        * golden.tensor("latents").dimension(3)
                        / 4
                : learned;
        for (int i = 0; i < copies; i++) {
            int picture = i / (perPicture * repeats);
            of[i] = picture * perPicture + i % perPicture;
        }
        return new FlowDraws(of, noise, golden.floats("fm_u"));
    }

    private static void close(double actual, double expected, double allowed) {
        assertThat(actual).isCloseTo(expected, within(allowed * Math.max(1, Math.abs(expected))));
    }

    private static double norm(float[] values) {
        double sum = 0;
        for (float v : values) {
            sum += (double) v * v;
        }
        return Math.sqrt(sum);
    }

    private static float[] difference(float[] a, float[] b) {
        assertThat(a).hasSameSizeAs(b);
        var d = new float[a.length];
        for (int i = 0; i < d.length; i++) {
            d[i] = a[i] - b[i];
        }
        return d;
    }

    static {
        torch.set_num_threads(1); // the order of sums is then that of the recording
    }
}
