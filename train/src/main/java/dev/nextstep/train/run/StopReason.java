package dev.nextstep.train.run;

/** Why a run stopped. */
public enum StopReason {
    /** All steps are done. */
    STEPS,
    /** All passes over the data are done. */
    EPOCHS,
    /** Its time is up. */
    TIME,
    /** Somebody asked it to; it can be resumed. */
    REQUESTED
}
