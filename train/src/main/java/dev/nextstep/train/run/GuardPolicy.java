package dev.nextstep.train.run;

/**
 * What counts as divergence, and what is done about it.
 *
 * @param window how many of the last losses tell what is usual, 10 to 10,000
 * @param spikeFactor a loss above the median of the window by this many times the usual scatter (1.4826 × median
 *     absolute deviation, at least 1 % of the median) is a spike; more than 1
 * @param patience spikes in a row that are divergence; 1 or more
 * @param rollbacks how often a run may go back before it gives up, 0 or more; counted anew after {@code recoverySteps}
 *     good steps
 * @param lrFactor the learning rate is multiplied by it at each rollback, more than 0, at most 1
 * @param recoverySteps steps over which the learning rate comes back, 1 or more
 */
public record GuardPolicy(
        int window, double spikeFactor, int patience, int rollbacks, double lrFactor, int recoverySteps) {
    /** Checks the ranges. */
    public GuardPolicy {
        if (window < 10 || window > 10_000) {
            throw new IllegalArgumentException("guard window is " + window + ", allowed is 10 to 10000");
        }
        if (!(spikeFactor > 1)) {
            throw new IllegalArgumentException("spike factor is " + spikeFactor + ", allowed is more than 1");
        }
        if (patience < 1 || rollbacks < 0 || recoverySteps < 1) {
            throw new IllegalArgumentException(
                    "guard has patience %d, rollbacks %d, recovery %d; allowed is 1, 0, 1 and more"
                            .formatted(patience, rollbacks, recoverySteps));
        }
        if (!(lrFactor > 0 && lrFactor <= 1)) {
            throw new IllegalArgumentException("factor of the learning rate is " + lrFactor + ", allowed is 0 to 1");
        }
    }

    /** Ten times the scatter of 200 losses, five steps in a row; three rollbacks, each to half the learning rate. */
    public static GuardPolicy standard() {
        return new GuardPolicy(200, 10, 5, 3, 0.5, 500);
    }
}
