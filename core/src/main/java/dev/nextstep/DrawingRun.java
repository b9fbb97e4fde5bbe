package dev.nextstep;

import dev.nextstep.engine.Cancellation;
import dev.nextstep.engine.DrawingJob;
import dev.nextstep.engine.DrawingObserver;
import dev.nextstep.engine.GivenTokens;
import dev.nextstep.engine.LoadedModel;
import dev.nextstep.engine.MemoryEstimate;
import dev.nextstep.engine.NoiseSource;
import dev.nextstep.engine.SamplingSource;
import dev.nextstep.engine.SeededNoise;
import dev.nextstep.prompt.BosRule;
import dev.nextstep.prompt.Grid;
import dev.nextstep.prompt.GuidanceLayout;
import dev.nextstep.prompt.PromptBuilder;
import dev.nextstep.prompt.PromptRequest;
import dev.nextstep.prompt.PromptRow;
import dev.nextstep.prompt.PromptRows;
import dev.nextstep.prompt.SpecialTokenText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;

/**
 * One request on its way: prompt rows, tokens, pixels, and what its {@link Drawing} tells. The engine's thread draws; one
 * thread for all requests encodes sources and decodes pictures, since each takes up to a gigabyte.
 */
final class DrawingRun {
    // Decoding's share of a request; the exact share depends on the model, the order of things does not.
    private static final double DECODING = 0.1;

    private final LoadedModel model;
    private final PictureCodec codec;
    private final Executor painter;
    private final DrawingPlan plan;
    private final DrawingSettings settings;
    private final Function<PictureKey, Recipe> recipes;
    private final Drawing drawing;
    private final Cancellation cancellation;
    private final List<PictureKey> keys;
    private final Grid grid;
    private final Picture[] pictures;
    // What a snapshot needs; tokens of a picture are final up to its count.
    private final AtomicReferenceArray<float[]> tokens;
    private final AtomicIntegerArray counts;
    private final CompletableFuture<Inputs> inputs = new CompletableFuture<>();
    private final long began = System.nanoTime();
    private volatile long readAt = began;
    private int decoded; // of the painter's thread

    /** What the model reads, as tokens. */
    private record Inputs(List<float[]> sources, float[] kept) {}

    DrawingRun(
            LoadedModel model,
            PictureCodec codec,
            Executor painter,
            DrawingPlan plan,
            Function<PictureKey, Recipe> recipes,
            Drawing drawing,
            Cancellation cancellation) {
        this.model = model;
        this.codec = codec;
        this.painter = painter;
        this.plan = plan;
        this.settings = plan.settings();
        this.recipes = recipes;
        this.drawing = drawing;
        this.cancellation = cancellation;
        this.keys = plan.keys();
        this.grid = codec.grid(settings.width(), settings.height());
        this.pictures = new Picture[keys.size()];
        this.tokens = new AtomicReferenceArray<>(keys.size());
        this.counts = new AtomicIntegerArray(keys.size());
    }

    /**
     * Begins to draw the pictures and returns.
     *
     * @throws IllegalArgumentException if the prompt is too long
     * @throws dev.nextstep.engine.MemoryException if it cannot fit into memory
     * @throws dev.nextstep.engine.EngineFullException if too many pictures wait
     */
    void start() {
        drawing.snapshots(this::snapshot);
        report(Progress.Stage.READING, 0, 0);
        var grids = plan.sources().stream().map(TokenInput::grid).toList();
        var rows = rows(model, codec, settings, plan.caption(), grids, keys.size());
        int atOnce = Math.min(model.limits().picturesAtOnce(), MemoryEstimate.picturesAtOnce(model, rows, mostSteps()));
        var all = new ArrayList<>(plan.sources());
        plan.kept().ifPresent(kept -> all.add(kept.input()));
        if (all.stream().allMatch(TokenInput.Encoded.class::isInstance)) {
            submit(rows, atOnce);
            return;
        }
        painter.execute(() -> {
            try {
                submit(rows, atOnce);
            } catch (RuntimeException | Error e) {
                inputs.completeExceptionally(e);
                drawing.fail(e);
            }
        });
    }

    private float[] encoded(TokenInput input) {
        return switch (input) {
            case TokenInput.Encoded(var _, var values) -> values;
            case TokenInput.Painted(var _, var pixels) -> {
                cancellation.check();
                yield codec.encode(pixels, cancellation);
            }
        };
    }

    // As a rule what is kept is of the first source.
    private float[] keptTokens(TokenInput input, List<float[]> sources) {
        int same = plan.sources().indexOf(input);
        return same >= 0 ? sources.get(same) : encoded(input);
    }

    private void submit(PromptRows rows, int atOnce) {
        var sources = plan.sources().stream().map(this::encoded).toList();
        float[] kept = plan.kept().map(k -> keptTokens(k.input(), sources)).orElse(new float[0]);
        inputs.complete(new Inputs(sources, kept));
        var job = new DrawingJob(rows, sources, samplings(), noise(), given(kept), plan.until(), atOnce);
        var _ = model.engine()
                .submit(job, new Follower(), cancellation)
                .tokens()
                .whenComplete((values, failure) -> {
                    if (failure != null) {
                        drawing.fail(failure);
                    } else if (plan.until() < grid.tokens()) {
                        drawing.succeed(List.of());
                    }
                });
    }

    private int mostSteps() {
        return keys.stream()
                .flatMap(key -> key.rerolls().stream())
                .flatMap(reroll -> reroll.settings().stream())
                .mapToInt(DrawingSettings::mostSteps)
                .reduce(settings.mostSteps(), Math::max);
    }

    private SamplingSource samplings() {
        return (picture, token) -> keys.get(picture).settingsOf(token, settings).sampling(token, grid.tokens());
    }

    private NoiseSource noise() {
        return (picture, token, draw, target, at, n) -> {
            var key = keys.get(picture);
            new SeededNoise(key.seedOf(token)).fill(key.index(), token, draw, target, at, n);
        };
    }

    private List<GivenTokens> given(float[] keptTokens) {
        if (plan.kept().isEmpty()) {
            return plan.made();
        }
        int dim = model.backend().tokenDim();
        var kept = GivenTokens.of(plan.kept().get().which(), keptTokens, dim);
        if (plan.made().isEmpty()) {
            return Collections.nCopies(keys.size(), kept);
        }
        return plan.made().stream().map(kept::with).toList();
    }

    /** Everything so far; waits until sources are encoded. */
    private Snapshot snapshot() {
        var read = inputs.join();
        int dim = model.backend().tokenDim();
        var made = new ArrayList<float[]>();
        for (int i = 0; i < keys.size(); i++) {
            int count = counts.get(i);
            made.add(count == 0 ? new float[0] : Arrays.copyOf(tokens.get(i), count * dim));
        }
        var sources = new ArrayList<ImageTokens>();
        for (int i = 0; i < read.sources.size(); i++) {
            var size = plan.sources().get(i).grid();
            sources.add(new ImageTokens(size.rows(), size.columns(), read.sources.get(i)));
        }
        var kept = plan.kept().map(DrawingPlan.KeptInput::which).orElse(new BitSet());
        return new Snapshot(
                keys.stream().map(recipes).toList(),
                grid,
                dim,
                sources,
                kept,
                Arrays.copyOf(read.kept, kept.length() * dim),
                made,
                ModelFingerprint.of(model.directory()));
    }

    /** Prompt rows of pictures with these settings. */
    static PromptRows rows(
            LoadedModel model,
            PictureCodec codec,
            DrawingSettings settings,
            String caption,
            List<Grid> sources,
            int count) {
        var grid = codec.grid(settings.width(), settings.height());
        var layout = GuidanceLayout.of(settings.guidanceScale(), settings.imageGuidanceScale(), sources.size());
        var prompt = new PromptRequest(
                List.of(caption),
                sources,
                count,
                settings.positivePrompt(),
                settings.negativePrompt(),
                grid,
                layout,
                SpecialTokenText.AS_TEXT,
                BosRule.IF_PRESENT);
        var rows = new PromptBuilder(model.tokenizer(), model.special()).build(prompt);
        int longest = rows.rows().stream().mapToInt(PromptRow::length).max().orElse(0);
        model.requirePositions(longest, sources.isEmpty() ? "the prompt" : "the prompt with its source pictures");
        return rows;
    }

    /** Hears of tokens on the engine's thread. */
    private final class Follower implements DrawingObserver {
        private final Map<Integer, float[]> finished = new LinkedHashMap<>();
        private boolean isRead;

        @Override
        public void prefilled(int rows, int positions) {
            if (!isRead) { // the first pictures; others may be begun later
                isRead = true;
                readAt = System.nanoTime();
            }
        }

        @Override
        public void sampled(int picture, int made, float[] values) {
            int rowsBefore = counts.get(picture) / grid.columns();
            tokens.set(picture, values);
            counts.set(picture, made);
            if (made == grid.tokens()) {
                finished.put(picture, values);
            } else if (made / grid.columns() > rowsBefore) {
                partial(picture, made / grid.columns(), values);
            }
        }

        @Override
        public void passed(long made) {
            report(Progress.Stage.DRAWING, made, 0);
            boolean isLast = made == (long) grid.tokens() * keys.size();
            finished.forEach((picture, values) -> painter.execute(() -> paint(picture, values, isLast)));
            finished.clear();
        }
    }

    private void partial(int picture, int rows, float[] made) {
        var part = new Grid(rows, grid.columns());
        int values = made.length / grid.tokens() * part.tokens();
        drawing.tell(listener -> listener.partial(new PartialPicture(
                picture,
                keys.get(picture).index(),
                rows,
                grid.rows(),
                () -> new ImageTokens(rows, grid.columns(), Arrays.copyOf(made, values)),
                tokens -> codec.decode(part, tokens.values(), cancellation))));
    }

    // On the painter's thread.
    private void paint(int picture, float[] made, boolean isLast) {
        try {
            cancellation.check();
            if (isLast) {
                report(Progress.Stage.DECODING, (long) grid.tokens() * keys.size(), decoded);
            }
            var pixels = codec.decode(grid, made, cancellation);
            pictures[picture] = new Picture(pixels, made, recipes.apply(keys.get(picture)));
            decoded++;
            if (decoded == pictures.length) {
                report(Progress.Stage.DONE, (long) grid.tokens() * keys.size(), decoded);
                drawing.succeed(List.of(pictures));
            }
        } catch (RuntimeException | Error e) {
            drawing.fail(e);
        }
    }

    private void report(Progress.Stage stage, long made, int ready) {
        int n = keys.size();
        double fraction = (1 - DECODING) * made / ((double) n * grid.tokens()) + DECODING * ready / n;
        long now = System.nanoTime();
        double seconds = (now - readAt) / 1e9;
        double speed = made == 0 || seconds <= 0 ? 0 : made / seconds;
        Optional<Duration> remaining = made == 0
                ? Optional.empty()
                : Optional.of(Duration.ofNanos((long) ((now - began) / fraction * (1 - fraction))));
        drawing.report(new Progress(
                stage, (int) (made / n), grid.tokens(), fraction, speed, Duration.ofNanos(now - began), remaining));
    }
}
