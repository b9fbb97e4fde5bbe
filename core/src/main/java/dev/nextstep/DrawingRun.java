package dev.nextstep;

import dev.nextstep.engine.Cancellation;
import dev.nextstep.engine.DrawingJob;
import dev.nextstep.engine.DrawingObserver;
import dev.nextstep.engine.LoadedModel;
import dev.nextstep.engine.MemoryEstimate;
import dev.nextstep.engine.NoiseSource;
import dev.nextstep.engine.SeededNoise;
import dev.nextstep.image.Pixels;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
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
    private final DrawingSettings settings;
    private final Drawing drawing;
    private final Cancellation cancellation;
    private final List<PictureKey> keys;
    private final Function<PictureKey, Recipe> recipes;
    private final Grid grid;
    private final Picture[] pictures;
    private final long began = System.nanoTime();
    private volatile long readAt = began;
    private int decoded; // of the painter's thread

    DrawingRun(
            LoadedModel model,
            PictureCodec codec,
            Executor painter,
            DrawingSettings settings,
            List<PictureKey> keys,
            Function<PictureKey, Recipe> recipes,
            Drawing drawing,
            Cancellation cancellation) {
        this.model = model;
        this.codec = codec;
        this.painter = painter;
        this.settings = settings;
        this.keys = List.copyOf(keys);
        this.recipes = recipes;
        this.drawing = drawing;
        this.cancellation = cancellation;
        this.grid = codec.grid(settings.width(), settings.height());
        this.pictures = new Picture[keys.size()];
    }

    /**
     * Begins to draw the pictures of one prompt and returns.
     *
     * @param caption prompt with an image tag for each source
     * @param sources fitted source pictures
     * @throws IllegalArgumentException if the prompt is too long
     * @throws dev.nextstep.engine.MemoryException if it cannot fit into memory
     * @throws dev.nextstep.engine.EngineFullException if too many pictures wait
     */
    void start(String caption, List<Pixels> sources) {
        report(Progress.Stage.READING, 0, 0);
        var rows = rows(model, codec, settings, caption, sources, keys.size());
        int atOnce = MemoryEstimate.picturesAtOnce(model, rows, settings.steps());
        if (sources.isEmpty()) {
            submit(rows, List.of(), atOnce);
            return;
        }
        painter.execute(() -> {
            try {
                var encoded = new ArrayList<float[]>();
                for (var source : sources) {
                    cancellation.check();
                    encoded.add(codec.encode(source, cancellation));
                }
                submit(rows, encoded, atOnce);
            } catch (RuntimeException | Error e) {
                drawing.fail(e);
            }
        });
    }

    private void submit(PromptRows rows, List<float[]> sources, int atOnce) {
        var seeded = keys.stream().map(key -> new SeededNoise(key.seed())).toList();
        NoiseSource noise = (picture, token, draw, target, at, n) ->
                seeded.get(picture).fill(keys.get(picture).index(), token, draw, target, at, n);
        var job = new DrawingJob(rows, sources, settings.sampling(), noise, atOnce);
        var _ = model.engine()
                .submit(job, new Follower(), cancellation)
                .tokens()
                .whenComplete((tokens, failure) -> {
                    if (failure != null) {
                        drawing.fail(failure);
                    }
                });
    }

    /** Prompt rows of pictures with these settings. */
    static PromptRows rows(
            LoadedModel model,
            PictureCodec codec,
            DrawingSettings settings,
            String caption,
            List<Pixels> sources,
            int count) {
        var grid = codec.grid(settings.width(), settings.height());
        var grids = sources.stream().map(s -> codec.grid(s.width(), s.height())).toList();
        var layout = GuidanceLayout.of(settings.guidanceScale(), settings.imageGuidanceScale(), sources.size());
        var prompt = new PromptRequest(
                List.of(caption),
                grids,
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
        public void sampled(int picture, int made, float[] tokens) {
            if (made == grid.tokens()) {
                finished.put(picture, tokens);
            } else if (made % grid.columns() == 0) {
                partial(picture, made / grid.columns(), tokens);
            }
        }

        @Override
        public void passed(long made) {
            report(Progress.Stage.DRAWING, made, 0);
            boolean isLast = made == (long) grid.tokens() * keys.size();
            finished.forEach((picture, tokens) -> painter.execute(() -> paint(picture, tokens, isLast)));
            finished.clear();
        }
    }

    private void partial(int picture, int rows, float[] tokens) {
        var part = new Grid(rows, grid.columns());
        int values = tokens.length / grid.tokens() * part.tokens();
        drawing.tell(listener -> listener.partial(new PartialPicture(
                picture,
                keys.get(picture).index(),
                rows,
                grid.rows(),
                () -> codec.decode(part, Arrays.copyOf(tokens, values), cancellation))));
    }

    // On the painter's thread.
    private void paint(int picture, float[] tokens, boolean isLast) {
        try {
            cancellation.check();
            if (isLast) {
                report(Progress.Stage.DECODING, (long) grid.tokens() * keys.size(), decoded);
            }
            var pixels = codec.decode(grid, tokens, cancellation);
            pictures[picture] = new Picture(pixels, tokens, recipes.apply(keys.get(picture)));
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
