package dev.nextstep.bench;

import dev.nextstep.DrawingSettings;
import dev.nextstep.GenerateRequest;
import dev.nextstep.ImageTokens;
import dev.nextstep.NextStep;
import dev.nextstep.engine.Cancellation;
import dev.nextstep.engine.DrawingJob;
import dev.nextstep.engine.DrawingObserver;
import dev.nextstep.engine.SamplingSettings;
import dev.nextstep.engine.SeededNoise;
import dev.nextstep.flow.Guidance;
import dev.nextstep.prompt.Grid;
import dev.nextstep.prompt.GuidanceLayout;
import dev.nextstep.prompt.PromptBuilder;
import dev.nextstep.prompt.PromptRequest;
import java.util.List;

/**
 * Draws one picture as {@link NextStep#generate} does and reads the clock between its stages. All values in seconds.
 *
 * @param prompt tokenizing the prompt and reading it with the transformer (prefill)
 * @param backbone projectors and transformer steps of all image tokens
 * @param head flow head and sampler of all image tokens
 * @param vae image tokens to pixels
 */
record StagedDrawing(double prompt, double backbone, double head, double vae) {

    static StagedDrawing draw(NextStep model, String caption, long seed) {
        var settings = model.settings(GenerateRequest.of(caption));
        var parts = model.parts();
        int side = parts.pixelsPerToken();
        var grid = new Grid(settings.height() / side, settings.width() / side);
        var clock = new Clock();
        var request = PromptRequest.of(List.of(caption), grid)
                .withPositive(settings.positivePrompt())
                .withNegative(settings.negativePrompt())
                .withGuidance(GuidanceLayout.of(settings.guidanceScale(), settings.imageGuidanceScale(), 0));
        var rows = new PromptBuilder(parts.tokenizer(), parts.special()).build(request);
        var job = new DrawingJob(rows, List.of(), sampling(settings), new SeededNoise(seed));
        float[] tokens = parts.engine().submit(job, clock, new Cancellation()).await();
        clock.backbone += clock.lap();
        model.decode(new ImageTokens(grid.rows(), grid.columns(), tokens));
        return new StagedDrawing(clock.prompt, clock.backbone, clock.head, clock.lap());
    }

    private static SamplingSettings sampling(DrawingSettings settings) {
        return new SamplingSettings(
                settings.sampler(),
                settings.steps(),
                settings.timestepShift(),
                new Guidance(
                        settings.guidanceScale(),
                        settings.imageGuidanceScale(),
                        settings.guidanceSchedule(),
                        settings.normLimit()),
                settings.tokenNormalization());
    }

    private static final class Clock implements DrawingObserver {
        private long last = System.nanoTime();
        private double prompt;
        private double backbone;
        private double head;

        private double lap() {
            long now = System.nanoTime();
            double seconds = (now - last) / 1e9;
            last = now;
            return seconds;
        }

        @Override
        public void prefilled(int rows, int positions) {
            prompt = lap();
        }

        @Override
        public void sampling(int picture, int token, float[] hidden, float[] condition) {
            backbone += lap();
        }

        @Override
        public void sampled(int picture, int made, float[] tokens) {
            head += lap();
        }
    }
}
