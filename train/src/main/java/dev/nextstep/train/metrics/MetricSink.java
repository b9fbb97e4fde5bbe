package dev.nextstep.train.metrics;

import java.util.List;

/** Takes what a run measures. For one thread. */
public interface MetricSink extends AutoCloseable {

    /** Takes numbers. */
    void record(Measurement measurement);

    /**
     * Takes a picture that was drawn.
     *
     * @param step steps done
     * @param tag name under which pictures of all steps belong together
     * @param picture what was drawn
     */
    void picture(long step, String tag, SamplePicture picture);

    /** Lets a long stretch between measurements show a sign of life. */
    void progress(RunStatus status);

    /** Ends; all that was taken is on disk then. */
    @Override
    void close();

    /** Hands everything to several. */
    static MetricSink all(List<MetricSink> sinks) {
        return new MetricSinks(sinks);
    }
}
