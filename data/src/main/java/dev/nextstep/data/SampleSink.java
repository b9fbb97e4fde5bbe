package dev.nextstep.data;

import java.io.IOException;

/** Takes samples one by one, for example into shards. */
public interface SampleSink extends AutoCloseable {
    /**
     * Takes a sample.
     *
     * @throws IOException if it cannot be stored
     */
    void add(Sample sample) throws IOException;

    /** Completes what was taken; without it nothing of an unfinished shard may be relied on. */
    @Override
    void close() throws IOException;
}
