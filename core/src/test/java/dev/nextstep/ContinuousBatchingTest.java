package dev.nextstep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.engine.CacheOptions;
import dev.nextstep.engine.Cancellation;
import dev.nextstep.engine.EngineFullException;
import dev.nextstep.engine.EngineLimits;
import dev.nextstep.engine.TokenNormalization;
import dev.nextstep.flow.GuidanceSchedule;
import dev.nextstep.flow.Sampler;
import dev.nextstep.image.Pixels;
import dev.nextstep.transformer.KvType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Requests that come at any time are drawn together, and nobody can tell from the pictures. */
class ContinuousBatchingTest {
    private static final Path MODEL = Path.of(System.getProperty("project.root"), "models/emoji");
    private static final List<String> PROMPTS =
            List.of("a red heart", "a panda, noto style", "", "🍎 ünï", "a red heart on a blue ground, flat");
    private static final List<KvType> CACHES = List.of(KvType.values());
    private static final List<String> SAMPLERS = List.of("s1", "s2", "sde", "cps", "ode", "heun", "midpoint");

    @SuppressWarnings("NullAway.Init")
    private static NextStep alone;

    @BeforeAll
    static void open() {
        alone = NextStep.open(MODEL, OpenOptions.DEFAULT.withThreads(1));
    }

    @AfterAll
    static void close() {
        alone.close();
    }

    private static GenerateRequest.Builder quick(String prompt) {
        return GenerateRequest.builder(prompt).steps(2).size(32, 32).seed(3);
    }

    private static <B extends RequestBuilder<B>> B randomly(B builder, Random random) {
        return builder.sampler(Sampler.of(SAMPLERS.get(random.nextInt(SAMPLERS.size()))))
                .steps(2 + random.nextInt(4))
                .lateSteps(
                        random.nextBoolean()
                                ? new LateSteps(2 + random.nextInt(3), random.nextFloat())
                                : LateSteps.NONE)
                .size(16 * (1 + random.nextInt(4)), 16 * (1 + random.nextInt(3)))
                .guidanceEvery(1 + random.nextInt(3))
                .guidanceSchedule(List.of(GuidanceSchedule.values()).get(random.nextInt(3)))
                .tokenNormalization(random.nextBoolean() ? TokenNormalization.ON : TokenNormalization.OFF)
                .timestepShift(0.5f + 2 * random.nextFloat())
                .count(1 + random.nextInt(3))
                .seed(random.nextLong());
    }

    private static GenerateRequest generate(Random random) {
        return randomly(GenerateRequest.builder(PROMPTS.get(random.nextInt(PROMPTS.size()))), random)
                .guidanceScale(random.nextInt(3) == 0 ? 1 : 1 + random.nextFloat() * 6)
                .build();
    }

    private static EditRequest edit(Random random, Pixels source) {
        return randomly(EditRequest.builder("make it blue", source), random)
                .guidanceScale(1.1f + random.nextFloat() * 6)
                .imageGuidanceScale(1 + random.nextInt(2))
                .build();
    }

    /** One request of any kind. */
    private sealed interface Wish {
        List<Picture> draw(NextStep model);

        Drawing submit(NextStep model);
    }

    private record Words(GenerateRequest request) implements Wish {
        @Override
        public List<Picture> draw(NextStep model) {
            return model.generateAll(request, DrawingListener.NONE, new Cancellation());
        }

        @Override
        public Drawing submit(NextStep model) {
            return model.submit(request);
        }
    }

    private record Edit(EditRequest request) implements Wish {
        @Override
        public List<Picture> draw(NextStep model) {
            return model.editAll(request, DrawingListener.NONE, new Cancellation());
        }

        @Override
        public Drawing submit(NextStep model) {
            return model.submit(request);
        }
    }

    /**
     * Random mixes under random limits: requests join when those before have come to a random token, some are cancelled,
     * and a text is written beside.
     */
    @Test
    void whateverIsDrawnTogetherIsTheSameAsAlone() throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var source = alone.generate(quick("a heart").build()).pixels();
        for (int round = 0; round < 3; round++) {
            var wishes = new ArrayList<Wish>();
            for (int i = 0; i < 5; i++) {
                wishes.add(random.nextInt(4) == 0 ? new Edit(edit(random, source)) : new Words(generate(random)));
            }
            var words = new TextRequest("a red", 12, 1.5f, 50, 0.95f, random.nextLong(), List.of());
            var limits = new EngineLimits(
                    List.of(1, 3, 7, 64).get(random.nextInt(4)),
                    List.of(1, 5, 64).get(random.nextInt(3)),
                    1000);
            var cache = CacheOptions.DEFAULT.withType(CACHES.get(random.nextInt(CACHES.size())));
            String what = "seed %d, round %d, %s, %s".formatted(seed, round, limits, cache);
            var options = OpenOptions.DEFAULT.withCache(cache);
            try (var model = NextStep.open(MODEL, options.withThreads(2).withLimits(limits));
                    var single = NextStep.open(MODEL, options.withThreads(1))) {
                var text = CompletableFuture.supplyAsync(() ->
                        model.write(words, piece -> {}, new Cancellation()).text());
                var drawings = new ArrayList<Drawing>();
                var cancelled = new ArrayList<Drawing>();
                for (var wish : wishes) {
                    drawings.add(wish.submit(model));
                    if (random.nextInt(3) == 0) {
                        cancelled.add(model.submit(generate(random)));
                    }
                    waitForToken(drawings.getLast(), random.nextInt(8));
                    cancelled.forEach(Drawing::cancel);
                }
                for (int i = 0; i < wishes.size(); i++) {
                    var together = drawings.get(i).await();
                    var expected = wishes.get(i).draw(single);
                    assertThat(together).as(what).hasSameSizeAs(expected);
                    for (int p = 0; p < expected.size(); p++) {
                        String which = "%s, wish %d, picture %d: %s".formatted(what, i, p, wishes.get(i));
                        assertThat(together.get(p).tokens())
                                .as(which)
                                .containsExactly(expected.get(p).tokens());
                        assertThat(together.get(p).pixels())
                                .as(which)
                                .isEqualTo(expected.get(p).pixels());
                    }
                }
                for (var drawing : cancelled) {
                    assertThat(drawing.isDone() || endsCancelled(drawing))
                            .as(what)
                            .isTrue();
                }
                assertThat(text.get(1, TimeUnit.MINUTES))
                        .as(what)
                        .isEqualTo(single.write(words, piece -> {}, new Cancellation())
                                .text());
            }
        }
    }

    private static void waitForToken(Drawing drawing, int token) throws InterruptedException {
        while (!drawing.isDone() && drawing.progress().map(Progress::tokens).orElse(0) < token) {
            Thread.sleep(1);
        }
    }

    private static boolean endsCancelled(Drawing drawing) {
        try {
            drawing.await();
            return false;
        } catch (CancellationException e) {
            return true;
        }
    }

    @Test
    void submittingReturnsAtOnceAndTellsHowFarItIs() throws Exception {
        var drawing = alone.submit(quick("a dog").size(64, 64).count(2).build());
        assertThat(drawing.isDone()).isFalse();
        var seen = new ArrayList<Integer>();
        var pictures = drawing.await(new DrawingListener() {
            @Override
            public void progress(Progress progress) {
                seen.add(progress.tokens());
            }
        });
        assertThat(seen).isSorted().endsWith(16);
        assertThat(drawing.isDone()).isTrue();
        assertThat(drawing.pictures().get()).isEqualTo(pictures).hasSize(2);
        assertThat(drawing.progress().orElseThrow().stage()).isEqualTo(Progress.Stage.DONE);
        assertThat(drawing.await()).as("again").isEqualTo(pictures);
    }

    @Test
    void cancellingEndsOneDrawingOnly() throws Exception {
        var kept = alone.submit(quick("a dog").size(64, 64).build());
        var dropped = alone.submit(quick("a cat").size(256, 256).build());
        waitForToken(dropped, 2);
        dropped.cancel();
        assertThatThrownBy(() -> dropped.pictures().get(1, TimeUnit.MINUTES))
                .isInstanceOfAny(CancellationException.class, ExecutionException.class);
        assertThat(dropped.progress().orElseThrow().tokens()).isLessThan(256);
        assertThat(kept.await()).hasSize(1);
    }

    /** A listener that does not come back delays nobody but itself; one that throws ends its own drawing. */
    @Test
    void listenersDisturbNobodyElse() throws Exception {
        var block = new CountDownLatch(1);
        var reached = new CountDownLatch(1);
        var slow = CompletableFuture.supplyAsync(() -> alone.generateAll(
                quick("a dog").build(),
                new DrawingListener() {
                    @Override
                    public void progress(Progress progress) {
                        reached.countDown();
                        awaitUnchecked(block);
                    }
                },
                new Cancellation()));
        assertThat(reached.await(1, TimeUnit.MINUTES)).isTrue();
        assertThatThrownBy(() -> alone.generateAll(
                        quick("a cat").build(),
                        new DrawingListener() {
                            @Override
                            public void progress(Progress progress) {
                                if (progress.tokens() == 2) {
                                    throw new IllegalStateException("no more");
                                }
                            }
                        },
                        new Cancellation()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no more");
        assertThat(alone.generate(quick("a cow").build()).pixels().width()).isEqualTo(32);
        assertThat(slow.isDone()).isFalse();
        block.countDown();
        assertThat(slow.get(1, TimeUnit.MINUTES)).hasSize(1);
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One picture beside thirty of another request that came first: it has its half of each pass. */
    @Test
    void aSmallRequestDoesNotWaitForALargeOne() {
        var limits = new EngineLimits(4, 64, 1000);
        try (var model = NextStep.open(MODEL, OpenOptions.DEFAULT.withThreads(1).withLimits(limits))) {
            var large = model.submit(quick("a dog").count(30).build());
            var small = model.submit(quick("a cat").build());
            small.await();
            int made = large.progress().map(Progress::tokens).orElse(0);
            assertThat(made).as("of 4 tokens of each of 30 pictures").isLessThan(3);
            assertThat(large.await()).hasSize(30);
        }
    }

    @Test
    void refusesWhatIsTooMuchAtOnce() {
        try (var model =
                NextStep.open(MODEL, OpenOptions.DEFAULT.withThreads(1).withLimits(new EngineLimits(64, 64, 4)))) {
            var first = model.submit(quick("a dog").size(128, 128).count(4).build());
            assertThatThrownBy(() -> model.submit(quick("a cat").build()))
                    .isInstanceOf(EngineFullException.class)
                    .hasMessageContaining("4 pictures wait")
                    .hasMessageContaining("at most 4");
            first.cancel();
            assertThat(endsCancelled(first)).isTrue();
            assertThat(model.generate(quick("a cat").build()).pixels().width()).isEqualTo(32);
        }
    }

    @Test
    void closingEndsWhatIsBeingDrawn() {
        var model = NextStep.open(MODEL, OpenOptions.DEFAULT.withThreads(1));
        var drawings = IntStream.range(0, 3)
                .mapToObj(i -> model.submit(quick("a dog").size(512, 512).build()))
                .toList();
        model.close();
        for (var drawing : drawings) {
            assertThatThrownBy(() -> drawing.pictures().get(1, TimeUnit.MINUTES))
                    .isInstanceOfAny(CancellationException.class, ExecutionException.class);
        }
        assertThatThrownBy(() -> model.submit(quick("a dog").build())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void dependentsOfTheFutureRunOnNobodysThread() throws Exception {
        var names = new ArrayList<String>();
        var done = new CountDownLatch(1);
        var _ = alone.submit(quick("a dog").build()).pictures().thenRun(() -> {
            names.add(Thread.currentThread().getName());
            done.countDown();
        });
        assertThat(done.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(names).noneMatch(name -> name.startsWith("nextstep-"));
    }

    @Test
    void manyThreadsMayAskAtOnce() throws Exception {
        var expected = alone.generate(quick("a dog").build()).tokens();
        var same = new AtomicInteger();
        var threads = IntStream.range(0, 8)
                .mapToObj(i -> Thread.ofVirtual().start(() -> {
                    if (Arrays.equals(alone.generate(quick("a dog").build()).tokens(), expected)) {
                        same.incrementAndGet();
                    }
                }))
                .toList();
        for (var thread : threads) {
            assertThat(thread.join(Duration.ofMinutes(2))).isTrue();
        }
        assertThat(same).hasValue(8);
    }
}
