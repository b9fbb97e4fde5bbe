package dev.nextstep.cli;

import java.util.List;
import java.util.Optional;

/**
 * Commands that come from outside of this module, found by {@link java.util.ServiceLoader}: those that need libraries which
 * drawing does not.
 */
public interface CommandModule {
    /** Names of the commands, in the order in which help shows them. */
    List<String> names();

    /**
     * The command of one of those names, an object with picocli's annotations.
     *
     * @throws IllegalArgumentException if there is no such command
     */
    Object command(String name);

    /** What an exception of these commands means to a shell; empty if it is not theirs. */
    Optional<ExitCode> exitCode(Throwable thrown);
}
