package dev.nextstep.train.run;

/** How much of a checkpoint is taken over. */
public enum RestoreScope {
    /** All: the run goes on as if it had never stopped. */
    ALL,
    /** All but the place in the data: after divergence, so that the samples since the checkpoint are passed over. */
    ALL_BUT_DATA
}
