package dev.nextstep.train.run;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nextstep.train.metrics.SamplePicture;
import dev.nextstep.train.optim.AdamWSettings;
import dev.nextstep.train.optim.Ema;
import dev.nextstep.train.optim.Gradients;
import dev.nextstep.train.optim.MuonSettings;
import dev.nextstep.train.optim.OptimizerState;
import dev.nextstep.train.optim.ParameterGroup;
import dev.nextstep.train.optim.ParameterGroups;
import dev.nextstep.train.optim.ParameterRank;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeSet;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A linear layer that learns a fixed one from numbered samples with noise: everything a real task has, but small. */
final class ToyTask implements TrainingTask {
    static final int SAMPLES = 200;
    static final int BATCH = 8;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    final SequencedMap<String, Tensor> parameters = new LinkedHashMap<>();
    final TreeSet<Long> seen = new TreeSet<>();
    private final ParameterGroups optimizer;
    private final Ema ema;
    private long place;
    /** Samples whose numbers are not numbers. */
    long poisonFrom = Long.MAX_VALUE;

    long poisonTo = Long.MAX_VALUE;

    ToyTask() {
        try (var _ = new PointerScope()) {
            parameters.put("w", leaf(new float[6 * 4], 6, 4));
            parameters.put("b", leaf(new float[6], 6));
        }
        optimizer = new ParameterGroups(
                parameters,
                List.of(
                        new ParameterGroup(
                                "matrices", List.of("*"), ParameterRank.MATRICES, MuonSettings.of(0.5, 0.01)),
                        new ParameterGroup("rest", List.of("*"), ParameterRank.ANY, AdamWSettings.of(0.1, 0))));
        ema = new Ema(parameters, 0.9);
    }

    private static Tensor leaf(float[] values, long... shape) {
        var tensor = torch.tensor(values).view(shape).clone().set_requires_grad(true);
        tensor.retainReference();
        return tensor;
    }

    @Override
    public StepResult computeGradients(long step, TrainingRandom random) {
        try (var _ = new PointerScope()) {
            var noise = new float[BATCH * 6];
            random.stream(step, "noise").normals(noise);
            var x = new float[BATCH * 4];
            boolean poisoned = false;
            for (int i = 0; i < BATCH; i++, place++) {
                seen.add(place);
                poisoned |= place >= poisonFrom && place < poisonTo;
                sample(place % SAMPLES, x, i);
            }
            var loss = loss(x, noise, BATCH);
            if (poisoned) {
                loss = loss.mul(torch.tensor(Float.NaN));
            }
            loss.backward();
            double norm = Gradients.clip(parameters, 1);
            return new StepResult(loss.item_float(), norm, BATCH, BATCH * 4, Map.of("place", (double) place));
        }
    }

    private static void sample(long index, float[] x, int at) {
        new TrainingRandom(99).stream(index, "sample").normals(x, at * 4, 4);
    }

    private Tensor loss(float[] x, float[] noise, int count) {
        var target = new float[count * 6];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < 6; j++) {
                target[i * 6 + j] = x[i * 4 + j % 4] * (j + 1) + 0.5f + 0.1f * noise[i * 6 + j];
            }
        }
        var output = torch.linear(
                torch.tensor(x).view(count, 4),
                requireNonNull(parameters.get("w")),
                new org.bytedeco.pytorch.TensorOptional(requireNonNull(parameters.get("b"))));
        return torch.mse_loss(output, torch.tensor(target).view(count, 6));
    }

    @Override
    public void applyGradients(double lrFactor) {
        optimizer.step(lrFactor);
        ema.update();
        dropGradients();
    }

    @Override
    public void dropGradients() {
        Gradients.clear(parameters);
    }

    @Override
    public double epochs() {
        return (double) place / SAMPLES;
    }

    @Override
    public Map<String, Map<String, Tensor>> tensors() {
        return Map.of(
                "weights", parameters,
                "optimizer", optimizer.state().tensors(),
                "ema", ema.state().tensors());
    }

    @Override
    public ObjectNode state() {
        var node = MAPPER.createObjectNode();
        node.put("place", place);
        var counters = node.putObject("counters");
        optimizer.state().counters().forEach(counters::put);
        node.put("ema", ema.state().counters().values().iterator().next());
        return node;
    }

    @Override
    public void restore(StoredCheckpoint checkpoint, JsonNode state, RestoreScope scope) {
        checkpoint.copyInto("weights", parameters);
        var counters = new LinkedHashMap<String, Long>();
        state.get("counters")
                .properties()
                .forEach(e -> counters.put(e.getKey(), e.getValue().asLong()));
        optimizer.load(new OptimizerState(checkpoint.tensors("optimizer"), counters));
        ema.load(new OptimizerState(
                checkpoint.tensors("ema"),
                Map.of("ema.updates", state.get("ema").asLong())));
        if (scope == RestoreScope.ALL) {
            place = state.get("place").asLong();
        }
    }

    @Override
    public Map<String, Double> validate() {
        try (var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            var x = new float[50 * 4];
            for (int i = 0; i < 50; i++) {
                sample(10_000 + i, x, i);
            }
            return Map.of("loss", (double) loss(x, new float[50 * 6], 50).item_float());
        }
    }

    @Override
    public SequencedMap<String, SamplePicture> drawSamples() {
        return new LinkedHashMap<>(Map.of("dot", new SamplePicture("a dot", new byte[] {1, 2, 3}, 1, 1)));
    }
}
