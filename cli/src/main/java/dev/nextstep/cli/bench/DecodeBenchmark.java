package dev.nextstep.cli.bench;

import dev.nextstep.NextStep;
import dev.nextstep.engine.Cancellation;
import dev.nextstep.vae.Planes;
import java.util.ArrayList;
import java.util.List;

/** Latents to pixels, from small pictures to large ones. */
final class DecodeBenchmark {
    /** Decoding may take that much of the heap; of what needs more, the time is estimated. */
    private static final double HEAP_SHARE = 0.7;

    private final NextStep model;
    private final Effort effort;
    private final Cancellation cancellation;

    DecodeBenchmark(NextStep model, Effort effort, Cancellation cancellation) {
        this.model = model;
        this.effort = effort;
        this.cancellation = cancellation;
    }

    List<DecodeResult> run(Steps steps) {
        var results = new ArrayList<DecodeResult>();
        for (int tokens : effort.lengths()) {
            int side = StageBenchmark.side(tokens);
            int pixels = side * model.parts().pixelsPerToken();
            var estimate = results.isEmpty() ? Quartiles.once(0) : scaled(results.getLast(), pixels);
            boolean tooMuch = !results.isEmpty()
                    && (results.getLast().estimated()
                            || estimate.median() * 1e9 > effort.budget().toNanos()
                            || model.parts().backend().decodingBytes(pixels, pixels)
                                    > HEAP_SHARE * Runtime.getRuntime().maxMemory());
            results.add(
                    tooMuch
                            ? new DecodeResult(pixels, estimate, true)
                            : new DecodeResult(pixels, measure(side), false));
            steps.done();
        }
        return results;
    }

    private static Quartiles scaled(DecodeResult smaller, int pixels) {
        double factor = (double) pixels / smaller.side();
        return smaller.seconds().times(factor * factor);
    }

    private Quartiles measure(int side) {
        var config = model.parts().config();
        int rows = side * config.patchSize();
        int channels = config.latentChannels();
        var latent = new Planes(channels, rows, rows, RandomMatrices.inputs(channels * rows * rows));
        var budget = new Budget(effort.budget());
        var seconds = new ArrayList<Double>();
        for (int round = -1; round < effort.rounds() && (seconds.isEmpty() || !budget.spent()); round++) {
            long start = System.nanoTime();
            var pixels = model.parts().backend().decode(latent, fraction -> cancellation.check());
            double took = (System.nanoTime() - start) / 1e9;
            if (!Float.isFinite(pixels.values()[0])) {
                throw new IllegalStateException("decoding gave " + pixels.values()[0]);
            }
            // What a large decoder did first counts if there is no time for more.
            if (round >= 0 || budget.exceededBy(took)) {
                seconds.add(took);
            }
        }
        return Quartiles.of(seconds);
    }
}
