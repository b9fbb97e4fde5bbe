package dev.nextstep.hub;

/** Whether the hub may be asked. */
public enum HubAccess {
    /** Requests are made. */
    ONLINE,
    /** Only the cache is looked at. */
    OFFLINE
}
