package dev.nextstep.train.loop;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nextstep.torch.Weights;
import dev.nextstep.train.optim.Ema;
import dev.nextstep.train.optim.Gradients;
import dev.nextstep.train.optim.Optimizer;
import dev.nextstep.train.optim.OptimizerState;
import dev.nextstep.train.run.Checkpoint;
import dev.nextstep.train.run.LossGuard;
import dev.nextstep.train.run.RunException;
import dev.nextstep.train.run.RunFolder;
import dev.nextstep.train.run.RunProgress;
import dev.nextstep.train.run.StopReason;
import dev.nextstep.train.run.StopRequest;
import dev.nextstep.train.run.StoredCheckpoint;
import dev.nextstep.train.run.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Trains a task from where its run folder is to the end, or until it is asked to stop. A run that was killed goes on from its
 * newest whole checkpoint; as everything random is a function of the step, the weights are then, to the bit, those of a run
 * that was never interrupted (unless the run is ended or scheduled by the clock).
 */
public final class TrainingLoop implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final TrainingTask task;
    private final Optimizer optimizer;
    private final LoopSettings settings;
    private final RunFolder folder;
    private final TrainingListener listener;
    private final @Nullable Ema ema;
    private LossGuard guard;
    private long step;
    private long trainedNanos;
    private long data; // steps of data taken: a rollback passes over what led to it
    private Map<String, Double> validated = Map.of();

    /**
     * Prepares a run and takes over its newest whole checkpoint, if there is one.
     *
     * @param optimizer over the task's weights; the caller closes it
     */
    public TrainingLoop(
            TrainingTask task,
            Optimizer optimizer,
            LoopSettings settings,
            RunFolder folder,
            TrainingListener listener) {
        this.task = task;
        this.optimizer = optimizer;
        this.settings = settings;
        this.folder = folder;
        this.listener = listener;
        this.guard = new LossGuard(settings.guard());
        this.ema = settings.emaDecay().isPresent()
                ? new Ema(task.weights().all(), settings.emaDecay().getAsDouble())
                : null;
        try (var checkpoint = newest().orElse(null)) {
            if (checkpoint != null) {
                restore(checkpoint);
                guard.load(checkpoint.state().get("guard"));
            }
        }
    }

    private Optional<StoredCheckpoint> newest() {
        return folder.checkpoints().newestWhole(text -> listener.noted(progress(), text));
    }

    /** How far the run is. */
    public RunProgress progress() {
        return new RunProgress(step, task.epochs(), Duration.ofNanos(trainedNanos));
    }

    /**
     * Trains.
     *
     * @param request asks to stop early; a checkpoint is written then, too
     * @return why it ended; empty if it was asked to stop
     * @throws RunException if training diverges again after the allowed rollbacks
     */
    public Optional<StopReason> run(StopRequest request) {
        var means = new Means();
        long savedAt = trainedNanos;
        var reason = settings.stop().reached(progress());
        while (reason.isEmpty() && !request.isRequested()) {
            long start = System.nanoTime();
            var outcome = step(means);
            trainedNanos += System.nanoTime() - start;
            if (outcome.isPresent()) {
                rollBack(outcome.get());
                means.clear();
                continue;
            }
            step++;
            if (due(settings.intervals().log())) {
                listener.trained(progress(), settings.stop().progress(progress()), means.take());
            }
            if (due(settings.intervals().validation())) {
                validate();
            }
            if (due(settings.intervals().samples())) {
                sample();
            }
            reason = settings.stop().reached(progress());
            long limit = settings.intervals().checkpointTime().toNanos();
            boolean late = limit > 0 && trainedNanos - savedAt >= limit;
            if (due(settings.intervals().checkpointSteps()) || late) {
                save();
                savedAt = trainedNanos;
            }
        }
        if (reason.isPresent()) {
            validate();
            save();
            try (var kept = averaged()) {
                task.export(kept, folder.model());
            }
        } else {
            save();
        }
        listener.ended(progress(), reason);
        return reason;
    }

    private boolean due(long interval) {
        return interval > 0 && step % interval == 0;
    }

    /** One step; the reason if it must be undone. */
    private Optional<Verdict.RollBack> step(Means means) {
        double loss = 0;
        for (int part = 0; part < settings.accumulation(); part++) {
            var learned = task.learn(data, part, 1.0 / settings.accumulation());
            loss += learned.loss() / settings.accumulation();
            means.add(learned);
        }
        data++;
        double norm = Gradients.clip(task.weights().all(), settings.maxGradientNorm());
        switch (guard.judge(loss, norm)) {
            case Verdict.Proceed _ -> {
                double factor = rate() * guard.lrFactor();
                optimizer.step(factor);
                Gradients.clear(task.weights().all());
                if (ema != null) {
                    ema.update();
                }
                means.step(loss, norm, factor);
                return Optional.empty();
            }
            case Verdict.RollBack back -> {
                Gradients.clear(task.weights().all());
                return Optional.of(back);
            }
            case Verdict.GiveUp end -> {
                Gradients.clear(task.weights().all());
                throw new RunException("training was given up at step %d: %s".formatted(step, end.reason()));
            }
        }
    }

    private double rate() {
        var steps = settings.stop().steps();
        boolean bySteps = steps.isPresent()
                && settings.stop().time().isEmpty()
                && settings.stop().epochs().isEmpty();
        return bySteps
                ? settings.learningRate().atStep(step, steps.getAsLong())
                : settings.learningRate().atProgress(step, settings.stop().progress(progress()));
    }

    private void rollBack(Verdict.RollBack verdict) {
        long from = step;
        long passed = data;
        var before = guard;
        try (var checkpoint = newest().orElse(null)) {
            if (checkpoint == null) {
                throw new RunException(
                        "training diverged at step %d (%s), and there is no checkpoint to go back to; lower the learning rate"
                                .formatted(step, verdict.reason()));
            }
            restore(checkpoint);
            guard = new LossGuard(settings.guard());
            guard.load(checkpoint.state().get("guard"));
        }
        guard.rolledBack(before);
        data = passed;
        listener.noted(progress(), "went back from step %d to step %d: %s".formatted(from, step, verdict.reason()));
    }

    private void restore(StoredCheckpoint checkpoint) {
        checkpoint.copyInto("weights", task.weights().all());
        optimizer.load(state(checkpoint, "optimizer"));
        if (ema != null) {
            ema.load(state(checkpoint, "ema"));
        }
        var json = checkpoint.state();
        step = checkpoint.step();
        trainedNanos = json.get("trained_nanos").asLong();
        data = json.get("data").asLong();
        task.load(json.get("task"));
    }

    private static OptimizerState state(StoredCheckpoint checkpoint, String part) {
        var counters = new LinkedHashMap<String, Long>();
        checkpoint
                .state()
                .get(part)
                .properties()
                .forEach(e -> counters.put(e.getKey(), e.getValue().asLong()));
        return new OptimizerState(checkpoint.tensors(part), counters);
    }

    private void save() {
        var parts = new LinkedHashMap<String, Map<String, Tensor>>();
        var json = MAPPER.createObjectNode();
        parts.put("weights", task.weights().all());
        put("optimizer", optimizer.state(), parts, json);
        if (ema != null) {
            put("ema", ema.state(), parts, json);
        }
        json.put("trained_nanos", trainedNanos);
        json.put("data", data);
        json.set("guard", guard.state());
        json.set("task", task.state());
        var place = folder.checkpoints().save(new Checkpoint(step, parts, json, validated));
        folder.checkpoints().prune(settings.retention());
        listener.saved(progress(), place);
    }

    private static void put(
            String name, OptimizerState state, Map<String, Map<String, Tensor>> parts, ObjectNode json) {
        parts.put(name, state.tensors());
        var counters = json.putObject(name);
        state.counters().forEach(counters::put);
    }

    private void validate() {
        try (var weights = averaged()) {
            validated = task.validate(weights);
        }
        if (!validated.isEmpty()) {
            listener.validated(progress(), validated);
        }
    }

    private void sample() {
        var place = folder.samples(step);
        try (var weights = averaged()) {
            Files.createDirectories(place);
            task.sample(weights, place);
        } catch (IOException e) {
            throw new RunException(
                    "samples of step %d cannot be written to %s: %s".formatted(step, place, e.getMessage()), e);
        }
        listener.sampled(progress(), place);
    }

    /** A copy of the weights that are kept: their average if there is one. */
    private Weights averaged() {
        try (var _ = new PointerScope()) {
            return Weights.copyOf(ema == null ? task.weights().all() : ema.averages());
        }
    }

    /** Frees the averages; task and optimiser are the caller's. */
    @Override
    public void close() {
        if (ema != null) {
            ema.close();
        }
    }
}
