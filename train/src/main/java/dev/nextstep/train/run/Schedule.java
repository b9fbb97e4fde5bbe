package dev.nextstep.train.run;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * What happens when, besides steps.
 *
 * @param log steps from one logged mean to the next
 * @param checkpoint steps from one checkpoint to the next; empty if only by time
 * @param checkpointTime longest time without a checkpoint, which is what a crash can cost; when it is written does not
 *     change the run
 * @param validate steps from one validation to the next; empty if only at the end
 * @param sample steps from one set of drawn samples to the next; empty if only at the end
 */
public record Schedule(
        long log, OptionalLong checkpoint, Duration checkpointTime, OptionalLong validate, OptionalLong sample) {
    /** Each more than 0. */
    public Schedule {
        if (log <= 0
                || checkpoint.orElse(1) <= 0
                || validate.orElse(1) <= 0
                || sample.orElse(1) <= 0
                || !checkpointTime.isPositive()) {
            throw new IllegalArgumentException(
                    "intervals are more than 0, got log %d, checkpoint %s, %s, validate %s, sample %s"
                            .formatted(log, checkpoint, checkpointTime, validate, sample));
        }
    }

    static boolean isDue(OptionalLong interval, long step) {
        return interval.isPresent() && step % interval.getAsLong() == 0;
    }
}
