package dev.nextstep.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Something that a person can get wrong, and what the command must answer.
 *
 * @param group heading in {@code docs/errors.md}
 * @param input what is wrong, in words; unique, the key of its row
 * @param code what the shell sees
 * @param says texts that the message must hold: what, where, the allowed range
 * @param way how it is tried
 * @param command the arguments, for a folder that belongs to this case
 */
record BadInput(String group, String input, ExitCode code, List<String> says, Way way, Command command) {

    /** Through which doors a case goes. */
    enum Way {
        /** In this JVM only. */
        HERE,
        /** In this JVM and through the launcher. */
        BOTH,
        /** Through the launcher only, because it needs a shell or a process of its own. */
        LAUNCHER
    }

    /** Makes the command line. Pictures go into {@code folder}/out, which is there. */
    interface Command {
        List<String> arguments(Path folder) throws IOException;
    }

    BadInput throughBoth() {
        return new BadInput(group, input, code, says, Way.BOTH, command);
    }

    @Override
    public String toString() {
        return group + ": " + input;
    }
}
