package dev.nextstep.train.metrics;

import java.util.List;

/** Several as one. */
record MetricSinks(List<MetricSink> sinks) implements MetricSink {
    MetricSinks {
        sinks = List.copyOf(sinks);
    }

    @Override
    public void record(Measurement measurement) {
        sinks.forEach(s -> s.record(measurement));
    }

    @Override
    public void picture(long step, String tag, SamplePicture picture) {
        sinks.forEach(s -> s.picture(step, tag, picture));
    }

    @Override
    public void progress(RunStatus status) {
        sinks.forEach(s -> s.progress(status));
    }

    @Override
    public void close() {
        sinks.forEach(MetricSink::close);
    }
}
