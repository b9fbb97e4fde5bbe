package dev.nextstep.train.recipe;

import dev.nextstep.train.metrics.MetricSink;
import dev.nextstep.train.run.RunFolder;
import dev.nextstep.train.run.StopReason;
import dev.nextstep.train.run.StopRequest;
import dev.nextstep.train.run.TrainingLoop;
import dev.nextstep.train.task.LearningTask;
import java.util.List;
import java.util.function.LongFunction;

/**
 * A run with its data opened and its weights made, ready to train.
 *
 * @param folder of the run; the caller holds its lock
 * @param recipe as it stands in the folder
 * @param task what is trained
 * @param owned what is closed with the run, in this order
 */
public record PreparedRun(RunFolder folder, TrainingRecipe recipe, LearningTask task, List<AutoCloseable> owned)
        implements AutoCloseable {
    /** Copies the list. */
    public PreparedRun {
        owned = List.copyOf(owned);
    }

    /**
     * Trains until the end, or until asked to stop, and writes the model if it came to the end.
     *
     * @param metrics opens where measurements go, given the step at which the run goes on
     * @return why it ended
     */
    public StopReason train(LongFunction<MetricSink> metrics, StopRequest request) {
        var reason = new TrainingLoop(folder, recipe.run().loop(), task).run(metrics, request);
        if (reason != StopReason.REQUESTED) {
            task.export(folder.model());
        }
        return reason;
    }

    @Override
    public void close() {
        task.close();
        for (var resource : owned) {
            try {
                resource.close();
            } catch (Exception e) {
                throw new IllegalStateException("a resource of the run could not be closed", e);
            }
        }
    }
}
