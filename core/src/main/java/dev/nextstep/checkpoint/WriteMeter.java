package dev.nextstep.checkpoint;

/** Counts what is written, over all files of a model. */
final class WriteMeter {
    private final WriteProgress progress;
    private final long total;
    private long written;

    WriteMeter(WriteProgress progress, long total) {
        this.progress = progress;
        this.total = total;
    }

    void add(long bytes) {
        written += bytes;
        progress.written(written, total);
    }
}
