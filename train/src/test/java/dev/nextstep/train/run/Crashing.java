package dev.nextstep.train.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nextstep.train.metrics.SamplePicture;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.DoubleConsumer;
import java.util.function.LongConsumer;
import org.bytedeco.pytorch.Tensor;

/** A task that crashes after some calls, wherever that is, and tells what happens to it. */
final class Crashing implements TrainingTask {
    private final TrainingTask task;
    private long calls;
    private long step;
    LongConsumer afterStep = s -> {};
    DoubleConsumer onApply = f -> {};

    Crashing(TrainingTask task, long calls) {
        this.task = task;
        this.calls = calls;
    }

    private void call() {
        if (calls-- <= 0) {
            throw new Crash();
        }
    }

    @Override
    public StepResult computeGradients(long index, TrainingRandom random) {
        step = index;
        var result = task.computeGradients(index, random);
        call();
        return result;
    }

    @Override
    public void applyGradients(double lrFactor) {
        task.applyGradients(lrFactor);
        onApply.accept(lrFactor);
        afterStep.accept(step);
        call();
    }

    @Override
    public void dropGradients() {
        task.dropGradients();
    }

    @Override
    public double epochs() {
        return task.epochs();
    }

    @Override
    public Map<String, Map<String, Tensor>> tensors() {
        call();
        return task.tensors();
    }

    @Override
    public ObjectNode state() {
        return task.state();
    }

    @Override
    public void restore(StoredCheckpoint checkpoint, JsonNode state, RestoreScope scope) {
        task.restore(checkpoint, state, scope);
    }

    @Override
    public Map<String, Double> validate() {
        call();
        return task.validate();
    }

    @Override
    public SequencedMap<String, SamplePicture> drawSamples() {
        call();
        return task.drawSamples();
    }
}
