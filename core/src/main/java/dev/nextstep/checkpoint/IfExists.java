package dev.nextstep.checkpoint;

/** What a writer does when its target is already there. */
public enum IfExists {
    /** Leave it alone and fail. */
    REFUSE,
    /** Put the new one in its place when the new one is complete. */
    REPLACE
}
