package dev.nextstep.data.npm;

/** Whether the registry may be asked. */
public enum NpmAccess {
    /** What the cache lacks is fetched. */
    ONLINE,
    /** The cache alone must do. */
    OFFLINE
}
