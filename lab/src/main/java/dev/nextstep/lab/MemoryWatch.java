package dev.nextstep.lab;

import dev.nextstep.train.metrics.Measurement;
import dev.nextstep.train.metrics.MetricSink;
import dev.nextstep.train.metrics.RunStatus;
import dev.nextstep.train.metrics.SamplePicture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.bytedeco.javacpp.Pointer;

/** Writes how much memory the process has whenever a run logs, to see whether it stays flat: {@code memory.tsv} of the run. */
final class MemoryWatch implements MetricSink {
    private static final double MEGA = 1e6;

    private final Path file;

    MemoryWatch(Path run) {
        file = run.resolve("memory.tsv");
        if (!Files.exists(file)) {
            append("step\tresident_mb\tjava_heap_mb\n");
        }
    }

    @Override
    public void record(Measurement measurement) {
        if (measurement.phase() == Measurement.Phase.TRAIN) {
            append(String.format(
                    Locale.ROOT,
                    "%d\t%.1f\t%.1f%n",
                    measurement.step(),
                    (double) Pointer.physicalBytes() / MEGA,
                    (double) Runtime.getRuntime().totalMemory() / MEGA));
        }
    }

    private void append(String line) {
        try {
            Files.writeString(file, line, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void picture(long step, String tag, SamplePicture picture) {}

    @Override
    public void progress(RunStatus status) {}

    @Override
    public void close() {}
}
