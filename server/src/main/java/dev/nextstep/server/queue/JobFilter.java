package dev.nextstep.server.queue;

import java.util.Locale;
import java.util.Optional;

/**
 * Which jobs of a list are wanted.
 *
 * @param state only those in this state
 * @param text only those with this text in a prompt, whatever its case
 * @param after only those that come behind this one in the list
 */
public record JobFilter(Optional<JobState> state, Optional<String> text, Optional<String> after) {
    /** All. */
    public static final JobFilter ALL = new JobFilter(Optional.empty(), Optional.empty(), Optional.empty());

    /** A pattern for LIKE in which nothing of the text has a meaning of its own. */
    String pattern(String wanted) {
        var literal = wanted.toLowerCase(Locale.ROOT)
                .replace('\0', ' ')
                .replace("!", "!!")
                .replace("%", "!%")
                .replace("_", "!_");
        return "%" + literal + "%";
    }
}
