package dev.nextstep.train.recipe;

import dev.nextstep.torch.Compute;
import dev.nextstep.train.optim.ParameterGroup;
import dev.nextstep.train.run.LoopSettings;
import dev.nextstep.train.task.LearningTask;
import java.util.List;

/**
 * What every run needs to know.
 *
 * @param loop when it ends and what happens when
 * @param task accumulation, clipping, averaging
 * @param groups optimisers by names of weights
 * @param compute in which numbers
 */
public record RunSettings(LoopSettings loop, LearningTask.Settings task, List<ParameterGroup> groups, Compute compute) {
    /** Copies the list. */
    public RunSettings {
        groups = List.copyOf(groups);
    }
}
