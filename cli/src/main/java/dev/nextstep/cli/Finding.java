package dev.nextstep.cli;

/**
 * One line of {@code nextstep doctor}.
 *
 * @param level how bad
 * @param subject what was looked at
 * @param text what was found
 * @param advice what to do; empty if nothing
 */
record Finding(Level level, String subject, String text, String advice) {

    /** How bad a finding is. */
    enum Level {
        OK,
        WARNING,
        PROBLEM;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    static Finding ok(String subject, String text) {
        return new Finding(Level.OK, subject, text, "");
    }

    static Finding warning(String subject, String text, String advice) {
        return new Finding(Level.WARNING, subject, text, advice);
    }

    static Finding problem(String subject, String text, String advice) {
        return new Finding(Level.PROBLEM, subject, text, advice);
    }
}
