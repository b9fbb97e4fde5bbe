package dev.nextstep.server.config;

/** Whether API keys are asked for. */
public enum KeyPolicy {
    /** Who has no key is refused. */
    REQUIRED,
    /** Everybody who may use this machine may do everything; only where no other machine can reach the server. */
    OFF
}
