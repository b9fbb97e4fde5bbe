package dev.nextstep.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.flow.EulerMaruyama;
import dev.nextstep.flow.Guidance;
import dev.nextstep.prompt.Grid;
import dev.nextstep.prompt.GuidanceLayout;
import dev.nextstep.prompt.PromptBuilder;
import dev.nextstep.prompt.PromptRequest;
import dev.nextstep.prompt.PromptRow;
import dev.nextstep.tensor.Precision;
import dev.nextstep.tensor.TensorException;
import dev.nextstep.transformer.RopeFrequencies;
import dev.nextstep.vae.CodeGeneration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What shares a pass, what is read how often, and who fails when something fails: on an engine that only adds. */
class EngineTest {
    private static final Path MODEL = Path.of(System.getProperty("project.root"), "models/emoji");
    private static final SamplingSettings SETTINGS =
            new SamplingSettings(EulerMaruyama.MODEL_CARD, 1, 1, Guidance.NONE, TokenNormalization.OFF);

    private static LoadedModel open(FakeBackend backend, EngineLimits limits) {
        return LoadedModel.open(
                MODEL,
                new LoadOptions(
                        1,
                        Precision.FP32,
                        RopeFrequencies.FP32,
                        CodeGeneration.AUGUST_2025,
                        CacheOptions.DEFAULT,
                        backend,
                        limits));
    }

    private static DrawingJob job(LoadedModel model, String caption, int pictures, int tokens, float noise) {
        return job(model, caption, pictures, tokens, (picture, token, draw, target, at, n) -> target[at] = noise);
    }

    private static DrawingJob job(LoadedModel model, String caption, int pictures, int tokens, NoiseSource noise) {
        var one = PromptRequest.of(List.of(caption), new Grid(1, tokens))
                .withNegative("bad")
                .withGuidance(GuidanceLayout.TEXT);
        var request = new PromptRequest(
                one.captions(),
                one.pictures(),
                pictures,
                one.positive(),
                one.negative(),
                one.output(),
                one.guidance(),
                one.specialTokenText(),
                one.bosRule());
        var rows = new PromptBuilder(model.tokenizer(), model.special()).build(request);
        return new DrawingJob(rows, List.of(), SETTINGS, noise);
    }

    private static int positions(DrawingJob job) {
        return job.rows().rows().stream().distinct().mapToInt(PromptRow::length).sum();
    }

    @Test
    void equalPromptsAreReadOnceAndGivenBack() {
        var backend = new FakeBackend();
        var counted = new ArrayList<List<Integer>>();
        try (var model = open(backend, EngineLimits.DEFAULT)) {
            var job = job(model, "a dog", 3, 4, 1);
            float[] tokens = model.engine()
                    .submit(
                            job,
                            new DrawingObserver() {
                                @Override
                                public void prefilled(int rows, int positions) {
                                    counted.add(List.of(rows, positions));
                                }
                            },
                            new Cancellation())
                    .await();
            assertThat(tokens).hasSize(12);
            assertThat(counted).containsExactly(List.of(2, positions(job)));
            assertThat(backend.passes.getFirst().stream().mapToInt(n -> n).sum())
                    .as("the two prompts, all at once")
                    .isEqualTo(positions(job));
            assertThat(backend.passes.subList(1, backend.passes.size()))
                    .as("no pass after the last token")
                    .containsExactly(one(6), one(6), one(6));
            assertThat(backend.openSequences)
                    .as("the two prompts wait for others")
                    .hasValue(2);
            model.engine().submit(job, DrawingObserver.NONE, new Cancellation()).await();
            assertThat(backend.passes).as("not read again").hasSize(7);
        }
        assertThat(backend.openSequences).hasValue(0);
    }

    @Test
    void whatPromptsBeginWithIsReadOnce() {
        try (var model = open(new FakeBackend(), EngineLimits.DEFAULT);
                var other = open(new FakeBackend(), EngineLimits.DEFAULT)) {
            var first = job(model, "a dog that sits on a green sheet 1", 1, 3, 1);
            var second = job(model, "a dog that sits on a green sheet 2", 1, 3, 1);
            model.engine()
                    .submit(first, DrawingObserver.NONE, new Cancellation())
                    .await();
            var positions = new AtomicInteger();
            float[] shared = model.engine()
                    .submit(
                            second,
                            new DrawingObserver() {
                                @Override
                                public void prefilled(int rows, int count) {
                                    positions.set(count);
                                }
                            },
                            new Cancellation())
                    .await();
            assertThat(positions.get())
                    .as("of the positions of the prompt, the last words only; the negative row not at all")
                    .isBetween(1, second.rows().rows().getFirst().length() - 5);
            assertThat(other.engine()
                            .submit(second, DrawingObserver.NONE, new Cancellation())
                            .await())
                    .containsExactly(shared);
        }
    }

    private static List<Integer> one(int times) {
        return java.util.Collections.nCopies(times, 1);
    }

    @Test
    void whoComesLaterSharesTheNextPass() throws Exception {
        var backend = new FakeBackend();
        var inPass = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        backend.beforePass = () -> {
            inPass.countDown();
            await(go);
        };
        try (var model = open(backend, EngineLimits.DEFAULT)) {
            var first = job(model, "a dog", 1, 5, 1);
            var second = job(model, "a small cat", 2, 3, 2);
            var a = model.engine().submit(first, DrawingObserver.NONE, new Cancellation());
            assertThat(inPass.await(1, TimeUnit.MINUTES)).isTrue();
            var b = model.engine().submit(second, DrawingObserver.NONE, new Cancellation());
            go.countDown();
            float[] together = a.await();
            assertThat(b.await()).hasSize(6);
            assertThat(backend.samples).containsExactly(1, 3, 3, 3, 1);
            assertThat(model.engine()
                            .submit(first, DrawingObserver.NONE, new Cancellation())
                            .await())
                    .containsExactly(together);
        }
    }

    @Test
    void longPromptsAreReadInPiecesWhileOthersDraw() throws Exception {
        var backend = new FakeBackend();
        try (var model = open(backend, new EngineLimits(64, 10, 100))) {
            var drawing =
                    model.engine().submit(job(model, "a dog", 1, 4000, 1), DrawingObserver.NONE, new Cancellation());
            while (backend.samples.size() < 3 && !drawing.tokens().isDone()) { // else nothing would end it
                Thread.sleep(1);
            }
            int before = backend.passes.size();
            float[] cut = model.engine()
                    .submit(job(model, "a dog ".repeat(30), 1, 2, 2), DrawingObserver.NONE, new Cancellation())
                    .await();
            int during = backend.passes.size();
            assertThat(drawing.tokens()).as("still going on").isNotDone();
            assertThat(List.copyOf(backend.passes).subList(before, during))
                    .allMatch(pass -> pass.stream().mapToInt(n -> n).sum() <= 10 + 4);
            drawing.cancel();
            assertThatThrownBy(drawing::await).isInstanceOf(CancellationException.class);
            try (var other = open(new FakeBackend(), EngineLimits.DEFAULT)) {
                assertThat(other.engine()
                                .submit(
                                        job(other, "a dog ".repeat(30), 1, 2, 2),
                                        DrawingObserver.NONE,
                                        new Cancellation())
                                .await())
                        .containsExactly(cut);
            }
        }
    }

    @Test
    void cancelsWithinOneToken() {
        var backend = new FakeBackend();
        try (var model = open(backend, EngineLimits.DEFAULT)) {
            var cancellation = new Cancellation();
            var made = new AtomicInteger();
            var task = model.engine()
                    .submit(
                            job(model, "a dog", 1, 50, 1),
                            new DrawingObserver() {
                                @Override
                                public void sampled(int picture, int count, float[] tokens) {
                                    made.set(count);
                                    if (count == 3) {
                                        cancellation.cancel();
                                    }
                                }
                            },
                            cancellation);
            assertThatThrownBy(task::await).isInstanceOf(CancellationException.class);
            assertThat(made).hasValue(3);
            assertThat(backend.samples).hasSize(3);
            assertThat(backend.openSequences).as("its prompts only").hasValue(2);
        }
    }

    @Test
    void aBadTokenEndsItsOwnDrawingOnly() {
        try (var model = open(new FakeBackend(), EngineLimits.DEFAULT)) {
            var good = model.engine().submit(job(model, "a dog", 1, 200, 1), DrawingObserver.NONE, new Cancellation());
            var bad = model.engine()
                    .submit(
                            job(
                                    model,
                                    "a dog",
                                    1,
                                    20,
                                    (picture, token, draw, target, at, n) -> target[at] = token == 5 ? Float.NaN : 1),
                            DrawingObserver.NONE,
                            new Cancellation());
            assertThatThrownBy(bad::await)
                    .isInstanceOf(TensorException.class)
                    .hasMessageContaining("image token 6 of 20");
            assertThat(good.await()).hasSize(200);
        }
    }

    @Test
    void aPassThatFailsEndsWhoWasInItAndTheEngineGoesOn() {
        var backend = new FakeBackend();
        var fail = new AtomicInteger(3);
        backend.beforeSampling = () -> {
            if (fail.decrementAndGet() == 0) {
                throw new OutOfMemoryError("none left");
            }
        };
        try (var model = open(backend, EngineLimits.DEFAULT)) {
            var task = model.engine().submit(job(model, "a dog", 2, 20, 1), DrawingObserver.NONE, new Cancellation());
            assertThatThrownBy(task::await).isInstanceOf(OutOfMemoryError.class);
            assertThat(model.engine()
                            .submit(job(model, "a dog", 2, 20, 1), DrawingObserver.NONE, new Cancellation())
                            .await())
                    .hasSize(40);
        }
        assertThat(backend.openSequences).hasValue(0);
    }

    @Test
    void anObserverThatThrowsEndsItsOwnDrawingOnly() {
        try (var model = open(new FakeBackend(), EngineLimits.DEFAULT)) {
            var good = model.engine().submit(job(model, "a dog", 1, 100, 1), DrawingObserver.NONE, new Cancellation());
            var bad = model.engine()
                    .submit(
                            job(model, "a cat", 1, 100, 1),
                            new DrawingObserver() {
                                @Override
                                public void sampling(int picture, int token, float[] hidden, float[] condition) {
                                    throw new IllegalStateException("seen enough");
                                }
                            },
                            new Cancellation());
            assertThatThrownBy(bad::await).hasMessage("seen enough");
            assertThat(good.await()).hasSize(100);
        }
    }

    /** Little memory: pictures wait for it, one at least always goes on, and all have their results in the end. */
    @Test
    void picturesWaitForMemory() {
        var backend = new FakeBackend();
        try (var model = open(backend, EngineLimits.DEFAULT)) {
            var job = job(model, "a dog", 6, 10, 1);
            int prompts = positions(job);
            int onePicture = 2 * 9; // the last token is not read
            backend.layout = new CacheLayout(8, 1, 8L * (prompts + 2 * onePicture));
            assertThat(model.engine()
                            .submit(job, DrawingObserver.NONE, new Cancellation())
                            .await())
                    .hasSize(60);
            assertThat(backend.samples).allMatch(n -> n == 2).hasSize(30);
            backend.samples.clear();
            backend.layout = new CacheLayout(8, 1, 8L * (prompts + onePicture));
            model.engine().submit(job, DrawingObserver.NONE, new Cancellation()).await();
            assertThat(backend.samples).allMatch(n -> n == 1).hasSize(60);
            backend.layout = new CacheLayout(8, 1, 8L * (prompts + onePicture - 1));
            var never = model.engine().submit(job, DrawingObserver.NONE, new Cancellation());
            assertThatThrownBy(never::await).isInstanceOf(MemoryException.class);
            var other = job(model, "another dog", 1, 3, 1);
            assertThat(model.engine()
                            .submit(other, DrawingObserver.NONE, new Cancellation())
                            .await())
                    .as("idle prompts make room")
                    .hasSize(3);
        }
        assertThat(backend.usedPositions).hasValue(0);
        assertThat(backend.openSequences).hasValue(0);
    }

    @Test
    void drawingsShareAPassEvenly() {
        var backend = new FakeBackend();
        var order = new ArrayList<String>();
        try (var model = open(backend, new EngineLimits(4, 1000, 100))) { // two pictures
            var go = new CountDownLatch(1);
            backend.beforePass = () -> await(go);
            var tasks = new ArrayList<DrawingTask>();
            for (var name : List.of("a", "b", "c")) {
                int pictures = name.equals("a") ? 8 : 1;
                tasks.add(model.engine()
                        .submit(
                                job(model, name, pictures, 6, 1),
                                new DrawingObserver() {
                                    @Override
                                    public void sampled(int picture, int made, float[] tokens) {
                                        order.add(name);
                                    }
                                },
                                new Cancellation()));
            }
            go.countDown();
            tasks.forEach(DrawingTask::await);
            int firstDone = order.lastIndexOf("b");
            long ofLarge =
                    order.subList(0, firstDone).stream().filter("a"::equals).count();
            assertThat(ofLarge)
                    .as("tokens of the large drawing until a small one had its 6")
                    .isBetween(4L, 9L);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
