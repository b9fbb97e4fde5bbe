package dev.nextstep.cli.bench;

/** Hears that a piece of the measurements is done. */
@FunctionalInterface
public interface Steps {
    /** One more is done. */
    void done();
}
