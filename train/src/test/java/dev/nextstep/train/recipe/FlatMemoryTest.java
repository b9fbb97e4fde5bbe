package dev.nextstep.train.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nextstep.train.metrics.Measurement;
import dev.nextstep.train.metrics.MetricSink;
import dev.nextstep.train.metrics.RunStatus;
import dev.nextstep.train.metrics.SamplePicture;
import dev.nextstep.train.run.RunFolder;
import dev.nextstep.train.run.StopReason;
import dev.nextstep.train.run.StopRequest;
import dev.nextstep.train.testing.NativeMemory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeMap;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Native memory does not grow with the steps. Nobody waits for the garbage collector: the number of native objects that Java
 * holds is the same at every log. What the library or the virtual machine itself allocates goes up and down by some tens of
 * megabytes; a step makes one or two, so a step's tensors that are never freed show in 300 steps.
 */
class FlatMemoryTest {
    private static final double MEGA = 1e6;
    private static final double MOST_GROWTH = 80;

    @TempDir
    static Path folder;

    @BeforeAll
    static void writeShards() throws IOException {
        TinyRuns.writeShards(folder);
    }

    /** What is allocated at each log. */
    private static final class Watch implements MetricSink {
        final TreeMap<Long, Long> allocated = new TreeMap<>();
        final TreeMap<Long, Long> objects = new TreeMap<>();

        @Override
        public void record(Measurement measurement) {
            allocated.put(measurement.step(), NativeMemory.allocated());
            objects.put(measurement.step(), Pointer.totalCount());
        }

        @Override
        public void picture(long step, String tag, SamplePicture picture) {}

        @Override
        public void progress(RunStatus status) {}

        @Override
        public void close() {}
    }

    private static Watch train(String name, String recipe) {
        var run = RunFolder.create(folder.resolve(name), name, recipe);
        try (var request = new StopRequest();
                var prepared = RunAssembly.prepare(run, 1)) {
            var watch = new Watch();
            assertThat(prepared.train(step -> watch, request)).isEqualTo(StopReason.STEPS);
            return watch;
        }
    }

    @Test
    void staysAfterTheFirstSteps() {
        String often = "stop: {steps: %d}\nintervals: {log: 20, checkpoint: 100, checkpoint_minutes: 60}\n";
        String tokenizer = TinyRuns.TOKENIZER.substring(0, TinyRuns.TOKENIZER.indexOf("stop:"));
        train("tokenizer", TinyRuns.in(folder, tokenizer) + often.formatted(20));

        String model =
                TinyRuns.MODEL.substring(0, TinyRuns.MODEL.indexOf("samples:")).replace("count: 8", "count: 4")
                        + TinyRuns.MODEL.substring(
                                TinyRuns.MODEL.indexOf("optimizer:"), TinyRuns.MODEL.indexOf("stop:"));
        var watched = train("model", TinyRuns.in(folder, model) + often.formatted(400));
        assertThat(watched.objects.tailMap(100L).values()).containsOnly(watched.objects.get(100L));
        long growth = watched.allocated.tailMap(400L).firstEntry().getValue()
                - watched.allocated.tailMap(100L).firstEntry().getValue();
        assertThat(growth / MEGA)
                .as("growth over 300 steps, of %s", watched.allocated)
                .isLessThan(MOST_GROWTH);
    }
}
