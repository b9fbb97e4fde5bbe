package dev.nextstep.server.config;

/** A setting that cannot be used; the message says which, where it was set, and what would do. */
public final class SettingException extends RuntimeException {
    /** An exception with that message. */
    public SettingException(String message) {
        super(message);
    }

    /** An exception with that message and cause. */
    public SettingException(String message, Throwable cause) {
        super(message, cause);
    }
}
