package dev.nextstep.train.run;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * When a run ends: at the first of these.
 *
 * @param steps more than 0
 * @param epochs passes over the data, more than 0
 * @param time in the loop, over all sittings, more than 0; a run that ends by it is not the same twice
 */
public record StopConditions(OptionalLong steps, OptionalDouble epochs, Optional<Duration> time) {
    /** At least one, each more than 0. */
    public StopConditions {
        if (steps.isEmpty() && epochs.isEmpty() && time.isEmpty()) {
            throw new IllegalArgumentException("a run needs an end: steps, epochs or time");
        }
        if (steps.orElse(1) <= 0
                || !(epochs.orElse(1) > 0)
                || !time.orElse(Duration.ofDays(1)).isPositive()) {
            throw new IllegalArgumentException(
                    "ends of a run are more than 0, got steps %s, epochs %s, time %s".formatted(steps, epochs, time));
        }
    }

    /** By steps alone. */
    public static StopConditions steps(long steps) {
        return new StopConditions(OptionalLong.of(steps), OptionalDouble.empty(), Optional.empty());
    }

    /** By the clock alone. */
    public static StopConditions time(Duration time) {
        return new StopConditions(OptionalLong.empty(), OptionalDouble.empty(), Optional.of(time));
    }

    /** Share of the run that is done, 0 to 1: that of the end which comes first. */
    public double progress(RunProgress run) {
        double share = 0;
        if (steps.isPresent()) {
            share = (double) run.step() / steps.getAsLong();
        }
        if (epochs.isPresent()) {
            share = Math.max(share, run.epochs() / epochs.getAsDouble());
        }
        if (time.isPresent()) {
            share = Math.max(
                    share,
                    (double) run.trained().toMillis() / Math.max(1, time.get().toMillis()));
        }
        return Math.min(1, share);
    }

    /** Whether and why the run is at its end. */
    public Optional<StopReason> reached(RunProgress run) {
        if (steps.isPresent() && run.step() >= steps.getAsLong()) {
            return Optional.of(StopReason.STEPS);
        }
        if (epochs.isPresent() && run.epochs() >= epochs.getAsDouble()) {
            return Optional.of(StopReason.EPOCHS);
        }
        return time.isPresent() && run.trained().compareTo(time.get()) >= 0
                ? Optional.of(StopReason.TIME)
                : Optional.empty();
    }
}
