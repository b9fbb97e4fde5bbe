package dev.nextstep.data.shard;

/** What to do when the folder that is to be written exists. */
public enum IfFolderExists {
    /** Refuse, unless it is empty. */
    REFUSE,
    /** Put the new data in its place when it is complete; until then, and after a failure, the old stays. */
    REPLACE
}
