package dev.nextstep.data.emoji;

/** Hears how far rendering is; called from one thread at a time. */
@FunctionalInterface
public interface RenderListener {
    /** Hears nothing. */
    RenderListener SILENT = (done, total, failed) -> {};

    /**
     * Some more pictures are done.
     *
     * @param done pictures finished or found finished, failures included
     * @param total pictures in all
     * @param failed drawings that could not be rendered
     */
    void progress(int done, int total, int failed);
}
