package dev.nextstep.train.run;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Which checkpoints are kept.
 *
 * @param newest how many of the newest, 1 to 1,000,000
 * @param best how many of the best beside them, 0 to 1,000,000
 * @param ranking what is best; empty if {@code best} is 0
 */
public record Retention(int newest, int best, Optional<Ranking> ranking) {
    private static final int MOST = 1_000_000;

    /** Checks the ranges. */
    public Retention {
        if (newest < 1 || newest > MOST || best < 0 || best > MOST) {
            throw new IllegalArgumentException("keeps %d newest and %d best checkpoints, allowed is 1 to %d and 0 to %d"
                    .formatted(newest, best, MOST, MOST));
        }
        if (best > 0 && ranking.isEmpty()) {
            throw new IllegalArgumentException("to keep the best checkpoints, name the metric that ranks them");
        }
    }

    /** Keeps the newest only. */
    public static Retention newest(int count) {
        return new Retention(count, 0, Optional.empty());
    }

    /** Those that need not be kept, of checkpoints in rising order of steps. */
    List<CheckpointInfo> superfluous(List<CheckpointInfo> checkpoints) {
        var kept = new HashSet<>(checkpoints.subList(Math.max(0, checkpoints.size() - newest), checkpoints.size()));
        ranking.ifPresent(
                r -> kept.addAll(r.bestFirst(checkpoints).stream().limit(best).toList()));
        return checkpoints.stream().filter(c -> !kept.contains(c)).toList();
    }
}
