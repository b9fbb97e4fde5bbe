package dev.nextstep.data.emoji;

import dev.nextstep.data.SampleKind;

/** Hears how far writing samples is. */
@FunctionalInterface
public interface SampleListener {
    /** Hears nothing. */
    SampleListener SILENT = (split, kind, done, total) -> {};

    /**
     * Some more samples are done.
     *
     * @param split their split
     * @param kind their kind
     * @param done so far, of this split and kind
     * @param total of this split and kind, at most
     */
    void progress(Split split, SampleKind kind, int done, int total);
}
