package dev.nextstep;

import dev.nextstep.engine.Cancellation;
import dev.nextstep.engine.Drawing;
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
import java.util.List;
import java.util.Optional;

/** One request on its way: prompt rows, tokens, pixels, and what its listener hears. */
final class DrawingRun {
    // Decoding's share of a request; the exact share depends on the model, the order of things does not.
    private static final double DECODING = 0.1;

    private final LoadedModel model;
    private final PictureCodec codec;
    private final DrawingSettings settings;
    private final DrawingListener listener;
    private final Cancellation cancellation;
    private final long began = System.nanoTime();
    private long readAt = began;

    DrawingRun(LoadedModel model, DrawingSettings settings, DrawingListener listener, Cancellation cancellation) {
        this.model = model;
        this.codec = new PictureCodec(model);
        this.settings = settings;
        this.listener = listener;
        this.cancellation = cancellation;
    }

    /**
     * Draws the pictures of one prompt.
     *
     * @param caption prompt with an image tag for each source
     * @param sources fitted source pictures
     * @param keys one for each picture
     * @return tokens of each picture
     */
    List<float[]> tokens(String caption, List<Pixels> sources, List<PictureKey> keys) {
        int count = keys.size();
        report(Progress.Stage.READING, 0, 1, 0, count);
        var rows = rows(caption, sources, count);
        var encoded = new ArrayList<float[]>();
        for (var source : sources) {
            cancellation.check();
            encoded.add(codec.encode(source, cancellation));
        }
        var seeded = keys.stream().map(key -> new SeededNoise(key.seed())).toList();
        NoiseSource noise = (picture, token, draw, target, at, n) ->
                seeded.get(picture).fill(keys.get(picture).index(), token, draw, target, at, n);
        var job = new DrawingJob(rows, encoded, settings.sampling(), noise);
        MemoryEstimate.of(model, job).require();
        float[] all = Drawing.run(model, job, observer(rows.output(), keys), cancellation);
        int per = all.length / count;
        var result = new ArrayList<float[]>();
        for (int i = 0; i < count; i++) {
            result.add(Arrays.copyOfRange(all, i * per, (i + 1) * per));
        }
        return result;
    }

    /** Heap memory that the pictures of a prompt without sources need. */
    MemoryEstimate memory(String caption, int count, long seed) {
        var job =
                new DrawingJob(rows(caption, List.of(), count), List.of(), settings.sampling(), new SeededNoise(seed));
        return MemoryEstimate.of(model, job);
    }

    private PromptRows rows(String caption, List<Pixels> sources, int count) {
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

    /** Decodes the tokens of all pictures. */
    List<Pixels> pixels(List<float[]> tokens) {
        var grid = codec.grid(settings.width(), settings.height());
        var pictures = new ArrayList<Pixels>();
        int n = tokens.size();
        for (int i = 0; i < n; i++) {
            double before = 1 - DECODING + DECODING * i / n;
            report(Progress.Stage.DECODING, grid.tokens(), grid.tokens(), before, n);
            pictures.add(codec.decode(grid, tokens.get(i), cancellation));
        }
        report(Progress.Stage.DONE, grid.tokens(), grid.tokens(), 1, n);
        return pictures;
    }

    private DrawingObserver observer(Grid grid, List<PictureKey> keys) {
        int count = keys.size();
        return new DrawingObserver() {
            @Override
            public void prefilled(int rows, int positions) {
                readAt = System.nanoTime();
            }

            @Override
            public void sampled(int made, int total, float[] tokens) {
                report(Progress.Stage.DRAWING, made, total, (1 - DECODING) * made / total, count);
                if (made % grid.columns() == 0 && made < total) {
                    partial(grid, made / grid.columns(), tokens, keys);
                }
            }
        };
    }

    private void partial(Grid grid, int finished, float[] tokens, List<PictureKey> keys) {
        int count = keys.size();
        int per = tokens.length / count;
        int dim = per / grid.tokens();
        var part = new Grid(finished, grid.columns());
        for (int i = 0; i < count; i++) {
            int from = i * per;
            listener.partial(new PartialPicture(
                    i,
                    keys.get(i).index(),
                    finished,
                    grid.rows(),
                    () -> codec.decode(
                            part, Arrays.copyOfRange(tokens, from, from + part.tokens() * dim), cancellation)));
        }
    }

    private void report(Progress.Stage stage, int made, int total, double fraction, int pictures) {
        long now = System.nanoTime();
        double seconds = (now - readAt) / 1e9;
        double speed = made == 0 || seconds <= 0 ? 0 : (double) made * pictures / seconds;
        Optional<Duration> remaining = made == 0
                ? Optional.empty()
                : Optional.of(Duration.ofNanos((long) ((now - began) / fraction * (1 - fraction))));
        listener.progress(new Progress(stage, made, total, fraction, speed, Duration.ofNanos(now - began), remaining));
    }
}
