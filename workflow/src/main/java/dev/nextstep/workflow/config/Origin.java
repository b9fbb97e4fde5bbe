package dev.nextstep.workflow.config;

/** Where a setting came from; each beats those before it. */
public sealed interface Origin {
    /** Built in. */
    record Default() implements Origin {
        @Override
        public String text() {
            return "default";
        }
    }

    /**
     * A configuration file.
     *
     * @param file its name
     * @param line counted from 1
     */
    record File(String file, int line) implements Origin {
        @Override
        public String text() {
            return file + ":" + line;
        }
    }

    /**
     * A variable of the environment.
     *
     * @param variable its name
     */
    record Environment(String variable) implements Origin {
        @Override
        public String text() {
            return variable;
        }
    }

    /**
     * An option of the command line.
     *
     * @param option such as {@code --batch-size}
     */
    record Flag(String option) implements Origin {
        @Override
        public String text() {
            return option;
        }
    }

    /** For people. */
    String text();
}
