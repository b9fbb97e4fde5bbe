package dev.nextstep.train.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nextstep.torch.Weights;
import dev.nextstep.train.metrics.SamplePicture;
import dev.nextstep.train.optim.Ema;
import dev.nextstep.train.optim.Gradients;
import dev.nextstep.train.optim.Optimizer;
import dev.nextstep.train.optim.OptimizerState;
import dev.nextstep.train.run.RestoreScope;
import dev.nextstep.train.run.StepResult;
import dev.nextstep.train.run.StoredCheckpoint;
import dev.nextstep.train.run.TrainingRandom;
import dev.nextstep.train.run.TrainingTask;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** A lesson with its optimiser and the average of its weights. */
public final class LearningTask implements TrainingTask, AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Lesson lesson;
    private final Optimizer optimizer;
    private final Settings settings;
    private final @Nullable Ema ema;

    /**
     * What is done with gradients and weights.
     *
     * @param accumulation parts of a step whose gradients are added, 1 or more
     * @param maxGradientNorm gradients are scaled down to this common norm; infinity for never
     * @param emaDecay decay of the average of weights that is validated, shown and kept, 0 to 1; empty for none
     */
    public record Settings(int accumulation, double maxGradientNorm, OptionalDouble emaDecay) {
        /** Checks the ranges. */
        public Settings {
            if (accumulation < 1 || !(maxGradientNorm > 0)) {
                throw new IllegalArgumentException("accumulation %d must be at least 1, gradient norm %s more than 0"
                        .formatted(accumulation, maxGradientNorm));
            }
        }
    }

    /**
     * A task.
     *
     * @param lesson closed with the task
     * @param optimizer over the lesson's weights; closed with the task
     */
    public LearningTask(Lesson lesson, Optimizer optimizer, Settings settings) {
        this.lesson = lesson;
        this.optimizer = optimizer;
        this.settings = settings;
        this.ema = settings.emaDecay().isPresent()
                ? new Ema(lesson.weights().all(), settings.emaDecay().getAsDouble())
                : null;
    }

    @Override
    public StepResult computeGradients(long step, TrainingRandom random) {
        double loss = 0;
        long samples = 0;
        long tokens = 0;
        var sums = new TreeMap<String, Double>();
        for (int part = 0; part < settings.accumulation(); part++) {
            var learned = lesson.learn(step, part, 1.0 / settings.accumulation(), random);
            loss += learned.loss() / settings.accumulation();
            samples += learned.samples();
            tokens += learned.tokens();
            learned.values().forEach((name, value) -> sums.merge(name, value / settings.accumulation(), Double::sum));
        }
        double norm = Gradients.clip(lesson.weights().all(), settings.maxGradientNorm());
        return new StepResult(loss, norm, samples, tokens, sums);
    }

    @Override
    public void applyGradients(double lrFactor) {
        optimizer.step(lrFactor);
        dropGradients();
        if (ema != null) {
            ema.update();
        }
    }

    @Override
    public void dropGradients() {
        Gradients.clear(lesson.weights().all());
    }

    @Override
    public double epochs() {
        return lesson.epochs();
    }

    @Override
    public Map<String, Map<String, Tensor>> tensors() {
        var parts = new LinkedHashMap<String, Map<String, Tensor>>();
        parts.put("weights", lesson.weights().all());
        parts.put("optimizer", optimizer.state().tensors());
        if (ema != null) {
            parts.put("ema", ema.state().tensors());
        }
        return parts;
    }

    @Override
    public ObjectNode state() {
        var json = MAPPER.createObjectNode();
        put(json, "optimizer", optimizer.state());
        if (ema != null) {
            put(json, "ema", ema.state());
        }
        json.set("lesson", lesson.state());
        return json;
    }

    private static void put(ObjectNode json, String name, OptimizerState state) {
        var counters = json.putObject(name);
        state.counters().forEach(counters::put);
    }

    @Override
    public void restore(StoredCheckpoint checkpoint, JsonNode state, RestoreScope scope) {
        checkpoint.copyInto("weights", lesson.weights().all());
        optimizer.load(saved(checkpoint, state, "optimizer"));
        if (ema != null) {
            ema.load(saved(checkpoint, state, "ema"));
        }
        if (scope == RestoreScope.ALL) {
            lesson.load(state.path("lesson"));
        }
    }

    private static OptimizerState saved(StoredCheckpoint checkpoint, JsonNode state, String part) {
        var counters = new LinkedHashMap<String, Long>();
        state.path(part)
                .properties()
                .forEach(e -> counters.put(e.getKey(), e.getValue().asLong()));
        return new OptimizerState(checkpoint.tensors(part), counters);
    }

    @Override
    public Map<String, Double> validate() {
        return withKept(lesson::validate);
    }

    @Override
    public SequencedMap<String, SamplePicture> drawSamples() {
        return withKept(lesson::sample);
    }

    /** How many numbers are trained. */
    public long weights() {
        return lesson.weights().count();
    }

    /** Writes what the run ends in. */
    public void export(Path folder) {
        withKept(weights -> {
            lesson.export(weights, folder);
            return folder;
        });
    }

    /** The average where there is one, else the weights as they are; a copy. */
    private <T> T withKept(Function<Weights, T> work) {
        try (var _ = new PointerScope();
                var kept = Weights.copyOf(ema == null ? lesson.weights().all() : ema.averages())) {
            return work.apply(kept);
        }
    }

    @Override
    public void close() {
        optimizer.close();
        if (ema != null) {
            ema.close();
        }
        lesson.close();
    }
}
