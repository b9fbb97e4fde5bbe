package dev.nextstep.cli.terminal;

/** How many colours text may have, from fewer to more. */
public enum ColorDepth {
    /** No colour codes at all. */
    NONE,
    /** The sixteen colours of ANSI terminals (SGR 30–37, 90–97). */
    ANSI_16,
    /** The 256 colours of xterm (SGR 38;5). */
    ANSI_256,
    /** 24 bits (SGR 38;2). */
    TRUE_COLOR
}
