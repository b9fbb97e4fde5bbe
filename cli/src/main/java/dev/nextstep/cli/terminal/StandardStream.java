package dev.nextstep.cli.terminal;

/** A stream that the command writes to. */
public enum StandardStream {
    /** Standard output: results. */
    OUT,
    /** Standard error: progress, previews, errors. */
    ERR
}
