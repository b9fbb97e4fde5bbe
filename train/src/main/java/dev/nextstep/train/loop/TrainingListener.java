package dev.nextstep.train.loop;

import dev.nextstep.train.run.RunProgress;
import dev.nextstep.train.run.StopReason;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Follows a run; every method does nothing unless overridden. Called on the thread of the loop. */
public interface TrainingListener {
    /** Nobody. */
    TrainingListener NONE = new TrainingListener() {};

    /**
     * Some steps are done.
     *
     * @param progress how far the run is
     * @param share of the run that is done, 0 to 1
     * @param values means since the last call, by name: {@code loss}, {@code gradient_norm}, {@code learning_rate_factor},
     *     {@code samples_per_second}, {@code tokens_per_second} and those of the task
     */
    default void trained(RunProgress progress, double share, Map<String, Double> values) {}

    /** The averaged weights were measured. */
    default void validated(RunProgress progress, Map<String, Double> values) {}

    /** Samples were made. */
    default void sampled(RunProgress progress, Path folder) {}

    /** A checkpoint was written. */
    default void saved(RunProgress progress, Path folder) {}

    /** Something that a person should know: a rollback, a damaged checkpoint. */
    default void noted(RunProgress progress, String text) {}

    /** The run is at its end, or was asked to stop if the reason is empty. */
    default void ended(RunProgress progress, Optional<StopReason> reason) {}
}
