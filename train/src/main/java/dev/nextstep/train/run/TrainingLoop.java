package dev.nextstep.train.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nextstep.data.DataFiles;
import dev.nextstep.train.metrics.Measurement;
import dev.nextstep.train.metrics.MetricSink;
import dev.nextstep.train.metrics.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Steps until the end: resumes from the newest whole checkpoint, judges each step before it changes the weights, goes
 * back after divergence, validates, draws, logs and saves when due, and stops cleanly when asked to.
 */
public final class TrainingLoop {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingLoop.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final RunFolder folder;
    private final CheckpointStore store;
    private final LoopSettings settings;
    private final TrainingTask task;
    private final LongSupplier clock;
    private final TrainingRandom random;
    private final StepMeter meter = new StepMeter();
    private LossGuard guard;
    private long step;
    private Duration trainedBefore = Duration.ZERO;
    private long sittingStart;
    private long lastSaveNanos;

    /**
     * Prepares a run.
     *
     * @param folder whose lock the caller holds
     */
    public TrainingLoop(RunFolder folder, LoopSettings settings, TrainingTask task) {
        this(folder, settings, task, System::nanoTime);
    }

    /** The same with a clock that counts nanoseconds. */
    TrainingLoop(RunFolder folder, LoopSettings settings, TrainingTask task, LongSupplier clock) {
        this.folder = folder;
        this.store = folder.checkpoints();
        this.settings = settings;
        this.task = task;
        this.clock = clock;
        this.random = new TrainingRandom(settings.seed());
        this.guard = new LossGuard(settings.guard());
    }

    /**
     * Trains until the end of the run, or until asked to stop.
     *
     * @param metrics opens where measurements go, given the step at which the run goes on
     * @param request to stop
     * @return why it stopped; everything is saved
     * @throws DivergedException if the loss went astray and going back did not help
     * @throws RunException if a checkpoint cannot be written
     */
    public StopReason run(LongFunction<MetricSink> metrics, StopRequest request) {
        sittingStart = clock.getAsLong();
        lastSaveNanos = sittingStart;
        boolean resumed = resume();
        if (!resumed) {
            save(Map.of()); // Something to go back to.
        }
        try (var sink = metrics.apply(step)) {
            while (true) {
                var end = settings.stop().reached(progress());
                if (end.isPresent()) {
                    finish(sink);
                    return end.get();
                }
                if (request.isRequested()) {
                    save(Map.of());
                    return StopReason.REQUESTED;
                }
                trainStep(sink);
            }
        }
    }

    private RunProgress progress() {
        return new RunProgress(step, task.epochs(), trainedBefore.plusNanos(clock.getAsLong() - sittingStart));
    }

    private boolean resume() {
        var newest = store.newestWhole(damage -> LOG.warn("passed over: {}", damage));
        if (newest.isEmpty()) {
            return false;
        }
        try (var checkpoint = newest.get()) {
            load(checkpoint, RestoreScope.ALL);
            trainedBefore =
                    Duration.ofMillis(checkpoint.state().path("trained_ms").asLong());
            LOG.info("goes on at step {} from {}", step, checkpoint.info().folder());
        }
        return true;
    }

    private void load(StoredCheckpoint checkpoint, RestoreScope scope) {
        task.restore(checkpoint, checkpoint.state().path("task"), scope);
        guard = new LossGuard(settings.guard());
        guard.load(checkpoint.state().path("guard"));
        step = checkpoint.step();
    }

    private void trainStep(MetricSink sink) {
        long begin = clock.getAsLong();
        double lrFactor = settings.lrFactor(progress()) * guard.lrFactor();
        var result = task.computeGradients(step, random);
        switch (guard.judge(result.loss(), result.gradientNorm())) {
            case Verdict.Proceed _ -> task.applyGradients(lrFactor);
            case Verdict.RollBack back -> {
                task.dropGradients();
                rollBack(back.reason());
                return;
            }
            case Verdict.GiveUp up -> {
                task.dropGradients();
                throw new DivergedException(
                        "training diverged at step %d: %s; lower the learning rate or look at the data"
                                .formatted(step, up.reason()));
            }
        }
        step++;
        meter.add(result, lrFactor, clock.getAsLong() - begin);
        if (step % settings.schedule().log() == 0) {
            log(sink);
        }
        doWhatIsDue(sink);
    }

    private void rollBack(String reason) {
        long from = step;
        var newest = store.newestWhole(damage -> LOG.warn("passed over: {}", damage));
        try (var checkpoint = newest.orElseThrow(() -> new DivergedException(
                "training diverged at step %d and there is no checkpoint to go back to: %s".formatted(from, reason)))) {
            var before = guard;
            load(checkpoint, RestoreScope.ALL_BUT_DATA);
            guard.rolledBack(before);
        }
        meter.takeMeans();
        LOG.warn(
                "step {}: {}; back to step {}, past the data since, learning rate × {} (rollback {} of {})",
                from,
                reason,
                step,
                guard.lrFactor(),
                guard.attempts(),
                settings.guard().rollbacks());
        // A run killed now must not meet the same data again.
        save(Map.of());
    }

    private void log(MetricSink sink) {
        var means = meter.takeMeans();
        means.put("epochs", task.epochs());
        sink.record(new Measurement(step, Instant.now(), Measurement.Phase.TRAIN, means));
        var now = progress();
        sink.progress(new RunStatus(
                step,
                settings.stop().progress(now),
                now.trained(),
                means.getOrDefault("loss", Double.NaN),
                means.getOrDefault("samples_per_second", Double.NaN),
                means.getOrDefault("tokens_per_second", Double.NaN)));
    }

    private void doWhatIsDue(MetricSink sink) {
        var schedule = settings.schedule();
        if (settings.stop().reached(progress()).isPresent()) {
            return; // finish() does it all.
        }
        Map<String, Double> validation = Schedule.isDue(schedule.validate(), step) ? validate(sink) : Map.of();
        if (Schedule.isDue(schedule.sample(), step)) {
            draw(sink);
        }
        boolean late =
                clock.getAsLong() - lastSaveNanos >= schedule.checkpointTime().toNanos();
        if (Schedule.isDue(schedule.checkpoint(), step) || late || !validation.isEmpty()) {
            save(validation);
        }
    }

    private void finish(MetricSink sink) {
        boolean finished = store.list().stream()
                .anyMatch(c -> c.step() == step && !c.metrics().isEmpty());
        if (finished) {
            return; // A finished run that was resumed.
        }
        var validation = validate(sink);
        draw(sink);
        save(validation);
    }

    private Map<String, Double> validate(MetricSink sink) {
        var values = task.validate();
        sink.record(new Measurement(step, Instant.now(), Measurement.Phase.VALIDATION, values));
        return values;
    }

    private void draw(MetricSink sink) {
        var pictures = task.drawSamples();
        if (pictures.isEmpty()) {
            return;
        }
        var place = folder.samples(step);
        try {
            Files.createDirectories(place);
            var captions = MAPPER.createObjectNode();
            for (var entry : pictures.entrySet()) {
                DataFiles.write(
                        place.resolve(entry.getKey() + ".png"), entry.getValue().png());
                captions.put(entry.getKey(), entry.getValue().caption());
                sink.picture(step, "samples/" + entry.getKey(), entry.getValue());
            }
            DataFiles.write(
                    place.resolve("captions.json"),
                    MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(captions) + "\n");
        } catch (IOException e) {
            throw new RunException("samples cannot be written to %s: %s".formatted(place, e.getMessage()), e);
        }
    }

    private void save(Map<String, Double> validation) {
        ObjectNode state = MAPPER.createObjectNode();
        state.put("trained_ms", progress().trained().toMillis());
        state.set("guard", guard.state());
        state.set("task", task.state());
        store.save(new Checkpoint(step, task.tensors(), state, validation));
        store.prune(settings.retention());
        lastSaveNanos = clock.getAsLong();
    }
}
