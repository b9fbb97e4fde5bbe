package dev.nextstep.server.config;

/** Form of the log. */
public enum LogFormat {
    /** Lines for people. */
    TEXT,
    /** One JSON object for each line. */
    JSON
}
