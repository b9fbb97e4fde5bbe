package dev.nextstep.train.run;

import java.nio.file.Path;
import java.util.Map;

/**
 * A checkpoint on disk, whose contents were not looked at.
 *
 * @param folder where it is
 * @param step steps done
 * @param metrics as they were saved
 */
public record CheckpointInfo(Path folder, long step, Map<String, Double> metrics) {
    /** Copies the metrics. */
    public CheckpointInfo {
        metrics = Map.copyOf(metrics);
    }
}
