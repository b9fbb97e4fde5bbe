package dev.nextstep.train.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nextstep.checkpoint.Safetensors;
import dev.nextstep.train.testing.Golden;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** Clipping and AdamW against the parameters that the official step arrives at from the same gradients. */
class AdamWGoldenTest {
    private static final String FOLDER = "feb/training-feb";
    /** Stands for all parameters whose gradients are not recorded, so that the common norm is the recorded one. */
    private static final String OTHERS = "others";

    private static final double TOLERANCE = 2e-5;

    @Test
    void oneStepOfTheRecordedGradientsGivesTheRecordedParameters() {
        var index = Golden.json(Golden.file(FOLDER, "cases.json"));
        int compared = 0;
        for (var golden : index.get("cases")) {
            var names = new ArrayList<String>();
            golden.get("shapes").fieldNames().forEachRemaining(names::add);
            for (var name : parametersWith("after_step.", "grad.", names)) {
                try (var file = open(golden.get("name").asText())) {
                    var expected = floats(file, "after_step." + name);
                    step(index.get("optimizer"), golden, name, floats(file, "grad." + name), (norm, actual) -> {
                        assertThat(norm)
                                .isCloseTo(golden.get("grad_norm_before_clip").asDouble(), within(1e-5));
                        assertClose(name, actual, expected);
                    });
                    compared++;
                }
            }
        }
        assertThat(compared).as("parameters compared").isPositive();
    }

    /** The first two of several steps: the first has rate 0, so that the second sees gradients that are recorded. */
    @Test
    void aStepOfRateZeroMovesTheMomentsOnly() {
        var index = Golden.json(Golden.file(FOLDER, "cases.json"));
        var several = index.get("several_steps");
        var steps = several.get("steps");
        assertThat(steps.get(0).get("lr_used").asDouble()).isZero();
        var first = named(index, steps.get(0).get("batch_and_noise_of").asText());
        var second = named(index, steps.get(1).get("batch_and_noise_of").asText());
        var names = new ArrayList<String>();
        several.get("shapes").fieldNames().forEachRemaining(names::add);
        first.get("shapes").fieldNames().forEachRemaining(names::add);
        var base = several.get("schedule").get("base_lr").asDouble();
        var common = parametersWith("step1.", "grad.", names);
        assertThat(common).isNotEmpty();
        for (var name : common) {
            try (var results = open(several.get("name").asText());
                    var before = open(first.get("name").asText());
                    var after = open(second.get("name").asText())) {
                var parameters = parameters(name, initial(name));
                try (var adam = new AdamW(parameters, settings(index.get("optimizer"), base, first, name))) {
                    gradients(parameters, name, floats(before, "grad." + name), first);
                    Gradients.clip(parameters, 1);
                    adam.step(0);
                    assertClose(name, Tensors.values(Tensors.at(parameters, name)), floats(results, "step0." + name));
                    Gradients.clear(parameters);
                    gradients(parameters, name, floats(after, "grad." + name), second);
                    Gradients.clip(parameters, 1);
                    adam.step(steps.get(1).get("lr_used").asDouble() / base);
                    assertClose(name, Tensors.values(Tensors.at(parameters, name)), floats(results, "step1." + name));
                }
            }
        }
    }

    private interface Outcome {
        void of(double normBeforeClip, float[] parameter);
    }

    private static void step(JsonNode optimizer, JsonNode golden, String name, float[] gradient, Outcome check) {
        var parameters = parameters(name, initial(name));
        double lr = optimizer.get("lr").asDouble();
        try (var adam = new AdamW(parameters, settings(optimizer, lr, golden, name))) {
            gradients(parameters, name, gradient, golden);
            double norm =
                    Gradients.clip(parameters, optimizer.get("clip_global_norm").asDouble());
            adam.step(1);
            check.of(norm, Tensors.values(Tensors.at(parameters, name)));
        }
    }

    private static void gradients(SequencedMap<String, Tensor> parameters, String name, float[] own, JsonNode golden) {
        Tensors.setGradient(Tensors.at(parameters, name), own);
        double norm = golden.get("grad_norm_before_clip").asDouble();
        double square = norm * norm;
        for (float g : own) {
            square -= (double) g * g;
        }
        Tensors.setGradient(Tensors.at(parameters, OTHERS), new float[] {(float) Math.sqrt(square)});
    }

    private static SequencedMap<String, Tensor> parameters(String name, float[] values) {
        var parameters = new LinkedHashMap<String, Tensor>();
        parameters.put(name, Tensors.parameter(values, values.length));
        parameters.put(OTHERS, Tensors.parameter(new float[1], 1));
        return parameters;
    }

    private static AdamWSettings settings(JsonNode optimizer, double lr, JsonNode golden, String name) {
        boolean decays = false;
        for (var decayed : golden.get("weight_decay_parameters")) {
            decays |= decayed.asText().equals(name);
        }
        return new AdamWSettings(
                lr,
                decays ? optimizer.get("weight_decay").asDouble() : 0,
                optimizer.get("betas").get(0).asDouble(),
                optimizer.get("betas").get(1).asDouble(),
                optimizer.get("eps").asDouble());
    }

    private static JsonNode named(JsonNode index, String name) {
        for (var golden : index.get("cases")) {
            if (golden.get("name").asText().equals(name)) {
                return golden;
            }
        }
        throw new AssertionError("no case " + name);
    }

    private static List<String> parametersWith(String prefix, String other, List<String> names) {
        return names.stream()
                .filter(n -> n.startsWith(prefix))
                .map(n -> n.substring(prefix.length()))
                .filter(n -> names.contains(other + n))
                .toList();
    }

    private static float[] initial(String name) {
        try (var model = Safetensors.open(Golden.file("feb/tiny-feb", "model.safetensors"))) {
            return floats(model, name);
        }
    }

    private static Safetensors open(String name) {
        return Safetensors.open(Golden.file(FOLDER, name + ".safetensors"));
    }

    private static float[] floats(Safetensors file, String name) {
        return file.find(name)
                .orElseThrow(() -> new AssertionError("no tensor " + name + " in " + file.origin()))
                .toFloats();
    }

    private static void assertClose(String name, float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat((double) actual[i]).as("%s[%d]", name, i).isCloseTo(expected[i], within(TOLERANCE));
        }
    }
}
