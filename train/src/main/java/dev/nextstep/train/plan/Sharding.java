package dev.nextstep.train.plan;

/** What devices share instead of each having all of it. This program trains without; the published code has {@link #STATES}. */
public enum Sharding {
    /** Nothing. */
    NONE,
    /** Gradients, optimiser states and averages (ZeRO-2). */
    STATES,
    /** Weights too; those of one block are gathered while it works, which is not counted (ZeRO-3). */
    WEIGHTS
}
