package dev.nextstep.train.run;

/** The end of a process, in a test that has one process only. */
final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Crash() {
        super("crash of a test");
    }
}
