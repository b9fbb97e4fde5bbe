package dev.nextstep.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.train.metrics.Measurement;
import dev.nextstep.train.metrics.MetricSink;
import dev.nextstep.train.metrics.RunStatus;
import dev.nextstep.train.metrics.SamplePicture;
import dev.nextstep.train.optim.Decay;
import dev.nextstep.train.optim.LearningRate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeSet;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingLoopTest {
    static final long STEPS = 60;

    @TempDir
    Path folder;

    static LoopSettings settings(StopConditions stop) {
        return new LoopSettings(
                stop,
                new LearningRate(5, Decay.Cosine.to(0)),
                new Schedule(10, OptionalLong.of(7), Duration.ofDays(1), OptionalLong.of(20), OptionalLong.of(20)),
                new Retention(2, 1, Optional.of(new Ranking("loss", Ranking.Better.LOWER))),
                new GuardPolicy(10, 10, 5, 2, 0.5, 20),
                42);
    }

    /** Remembers what it got. */
    private static final class Recorder implements MetricSink {
        final List<Measurement> measurements = new ArrayList<>();
        final List<Long> pictures = new ArrayList<>();
        final List<RunStatus> statuses = new ArrayList<>();

        @Override
        public void record(Measurement measurement) {
            measurements.add(measurement);
        }

        @Override
        public void picture(long step, String tag, SamplePicture picture) {
            pictures.add(step);
        }

        @Override
        public void progress(RunStatus status) {
            statuses.add(status);
        }

        @Override
        public void close() {}

        List<Long> steps(Measurement.Phase phase) {
            return measurements.stream()
                    .filter(m -> m.phase() == phase)
                    .map(Measurement::step)
                    .toList();
        }
    }

    private RunFolder run(String name) {
        return RunFolder.create(folder.resolve(name), "toy", "recipe: toy\n");
    }

    static Map<String, float[]> bits(ToyTask task) {
        var bits = new LinkedHashMap<String, float[]>();
        task.tensors().forEach((part, tensors) -> tensors.forEach((name, t) -> bits.put(part + "/" + name, values(t))));
        return bits;
    }

    private static float[] values(Tensor tensor) {
        var values = new float[(int) tensor.numel()];
        tensor.detach().contiguous().data_ptr_float().get(values);
        return values;
    }

    private static void assertSameBits(ToyTask actual, ToyTask expected) {
        var expectedBits = bits(expected);
        bits(actual).forEach((name, values) -> assertThat(values).as(name).isEqualTo(expectedBits.get(name)));
        assertThat(actual.state()).isEqualTo(expected.state());
    }

    @Test
    void learnsValidatesDrawsLogsAndKeepsTheBest() {
        var task = new ToyTask();
        var recorder = new Recorder();
        var run = run("whole");
        var reason = new TrainingLoop(run, settings(StopConditions.steps(STEPS)), task)
                .run(step -> recorder, new StopRequest());
        assertThat(reason).isEqualTo(StopReason.STEPS);
        assertThat(recorder.steps(Measurement.Phase.TRAIN)).containsExactly(10L, 20L, 30L, 40L, 50L, 60L);
        assertThat(recorder.steps(Measurement.Phase.VALIDATION)).containsExactly(20L, 40L, 60L);
        assertThat(recorder.pictures).containsExactly(20L, 40L, 60L);
        assertThat(run.samples(40).resolve("dot.png")).hasBinaryContent(new byte[] {1, 2, 3});
        var losses = recorder.measurements.stream()
                .filter(m -> m.phase() == Measurement.Phase.TRAIN)
                .map(m -> m.values().getOrDefault("loss", Double.NaN))
                .toList();
        assertThat(losses.getLast()).isLessThan(losses.getFirst() / 2);
        assertThat(recorder.measurements.getFirst().values())
                .containsKeys("grad_norm", "lr_factor", "samples_per_second", "place");
        assertThat(recorder.statuses.getLast().progress()).isEqualTo(1);
        var best = recorder.measurements.stream()
                .filter(m -> m.phase() == Measurement.Phase.VALIDATION)
                .min(Comparator.comparingDouble(m -> m.values().getOrDefault("loss", Double.NaN)))
                .orElseThrow();
        var kept = new TreeSet<>(List.of(56L, 60L, best.step()));
        assertThat(run.checkpoints().list().stream().map(CheckpointInfo::step)).containsExactlyElementsOf(kept);
    }

    @Test
    void aRunThatCrashesAgainAndAgainEndsWithTheSameBits() {
        var whole = new ToyTask();
        new TrainingLoop(run("whole"), settings(StopConditions.steps(STEPS)), whole)
                .run(step -> new Recorder(), new StopRequest());
        long seed = new Random().nextLong();
        var random = new Random(seed);
        var crashing = run("crashing");
        int crashes = 0;
        var last = sitting(crashing, 1 + random.nextInt(25));
        while (last.isEmpty()) {
            crashes++;
            assertThat(crashes).as("seed %d", seed).isLessThan(200);
            last = sitting(crashing, crashes < 10 ? 1 + random.nextInt(25) : Long.MAX_VALUE);
        }
        assertThat(crashes).as("seed %d", seed).isPositive();
        assertSameBits(last.get(), whole);
    }

    /** One process of a run that crashes after so many calls: the task if it came to the end. */
    private static Optional<ToyTask> sitting(RunFolder run, long calls) {
        var task = new ToyTask();
        try {
            new TrainingLoop(run, settings(StopConditions.steps(STEPS)), new Crashing(task, calls))
                    .run(step -> new Recorder(), new StopRequest());
            return Optional.of(task);
        } catch (Crash _) {
            return Optional.empty();
        }
    }

    @Test
    void stopsWhenAskedAndGoesOn() {
        var whole = new ToyTask();
        new TrainingLoop(run("whole"), settings(StopConditions.steps(STEPS)), whole)
                .run(step -> new Recorder(), new StopRequest());
        var run = run("stopped");
        var first = new ToyTask();
        var request = new StopRequest();
        var stopping = new Crashing(first, Long.MAX_VALUE);
        stopping.afterStep = step -> {
            if (step == 31) {
                request.stop();
            }
        };
        assertThat(new TrainingLoop(run, settings(StopConditions.steps(STEPS)), stopping)
                        .run(step -> new Recorder(), request))
                .isEqualTo(StopReason.REQUESTED);
        assertThat(run.checkpoints().list().getLast().step()).isEqualTo(32);
        var second = new ToyTask();
        var resumedAt = new ArrayList<Long>();
        new TrainingLoop(run, settings(StopConditions.steps(STEPS)), second)
                .run(
                        step -> {
                            resumedAt.add(step);
                            return new Recorder();
                        },
                        new StopRequest());
        assertThat(resumedAt).containsExactly(32L);
        assertSameBits(second, whole);
    }

    @Test
    void poisonedDataIsPassedOver() {
        var task = new ToyTask();
        task.poisonFrom = 25 * ToyTask.BATCH;
        task.poisonTo = 26 * ToyTask.BATCH;
        var run = run("poisoned");
        var factors = new ArrayList<Double>();
        var watching = new Crashing(task, Long.MAX_VALUE);
        watching.onApply = factors::add;
        new TrainingLoop(run, settings(StopConditions.steps(STEPS)), watching)
                .run(step -> new Recorder(), new StopRequest());
        // Back from step 25 to the checkpoint of step 21: four steps more than the 60, and the bad batch.
        assertThat(task.seen).hasSize((int) (STEPS + 5) * ToyTask.BATCH);
        assertThat(factors).hasSize((int) STEPS + 4);
        assertThat(bits(task).values()).allSatisfy(v -> {
            for (float x : v) {
                assertThat(Float.isFinite(x)).isTrue();
            }
        });
        assertThat(factors.get(25)).isLessThan(0.6 * factors.get(24));
    }

    @Test
    void givesUpWhenGoingBackDoesNotHelp() {
        var task = new ToyTask();
        task.poisonFrom = 25 * ToyTask.BATCH;
        assertThatThrownBy(() -> new TrainingLoop(run("hopeless"), settings(StopConditions.steps(STEPS)), task)
                        .run(step -> new Recorder(), new StopRequest()))
                .isInstanceOf(DivergedException.class)
                .hasMessageContaining("after 2 rollbacks");
    }

    @Test
    void aRunByTheClockEndsAtRateZero() {
        var task = new ToyTask();
        var factors = new ArrayList<Double>();
        var watching = new Crashing(task, Long.MAX_VALUE);
        watching.onApply = factors::add;
        var clock = new long[1];
        watching.afterStep = step -> clock[0] += 1_000_000_000L + (step % 3) * 500_000_000L;
        var reason = new TrainingLoop(
                        run("timed"), settings(StopConditions.time(Duration.ofSeconds(60))), watching, () -> clock[0])
                .run(step -> new Recorder(), new StopRequest());
        assertThat(reason).isEqualTo(StopReason.TIME);
        assertThat(factors.size()).isBetween(35, 45);
        assertThat(factors.getLast()).isLessThan(0.01);
        assertThat(factors.get(5)).isGreaterThan(0.9);
    }

    @Test
    void aRunByEpochsEndsWithThem() {
        var task = new ToyTask();
        var stop = new StopConditions(OptionalLong.of(1000), OptionalDouble.of(2), Optional.empty());
        assertThat(new TrainingLoop(run("epochs"), settings(stop), task).run(step -> new Recorder(), new StopRequest()))
                .isEqualTo(StopReason.EPOCHS);
        assertThat(task.epochs()).isEqualTo(2);
    }

    @Test
    void aFinishedRunIsLeftAsItIs() {
        var run = run("finished");
        new TrainingLoop(run, settings(StopConditions.steps(20)), new ToyTask())
                .run(step -> new Recorder(), new StopRequest());
        var recorder = new Recorder();
        var again = new TrainingLoop(run, settings(StopConditions.steps(20)), new ToyTask())
                .run(step -> recorder, new StopRequest());
        assertThat(again).isEqualTo(StopReason.STEPS);
        assertThat(recorder.measurements).isEmpty();
    }
}
