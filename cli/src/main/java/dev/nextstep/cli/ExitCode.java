package dev.nextstep.cli;

/** What the command tells the shell; documented in {@code docs/cli.md}, so numbers never change their meaning. */
public enum ExitCode {
    /** Done. */
    OK(0),
    /** Something failed that no other code describes, such as a full disk. */
    FAILURE(1),
    /** The command line is wrong: an unknown option, a missing command, a value out of range. */
    USAGE(2),
    /** A file or a model is missing, unreadable or damaged. */
    BAD_INPUT(3),
    /** The memory does not suffice. */
    NO_MEMORY(4),
    /** Cancelled from outside; 128 + SIGINT, as shells have it. */
    CANCELLED(130);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    /** The number that the shell sees. */
    public int number() {
        return number;
    }
}
