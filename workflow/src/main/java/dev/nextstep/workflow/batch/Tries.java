package dev.nextstep.workflow.batch;

import dev.nextstep.GenerateRequest;
import dev.nextstep.Picture;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Draws a picture again until it is good enough, and keeps the best. */
public final class Tries {
    private final QualityGate gate;
    private final BatchModel model;
    private final Artist artist;
    private final Consumer<String> again;

    /** Who draws another try, and waits for it. */
    public interface Artist {
        /** All of a picture. */
        Picture draw(GenerateRequest request);

        /**
         * The rest of a picture.
         *
         * @param best whose first rows of tokens are kept
         * @param rows how many
         * @param seed of what follows
         */
        Picture redraw(Picture best, int rows, long seed);
    }

    /**
     * The best of some tries.
     *
     * @param picture the best
     * @param attempts every try, in order
     * @param chosen index of the try that the picture is
     */
    public record Best(Picture picture, List<PictureRecord.Attempt> attempts, int chosen) {
        /** Copies the list. */
        public Best {
            attempts = List.copyOf(attempts);
        }
    }

    /**
     * Tries of pictures.
     *
     * @param gate what is good enough, and how often to try
     * @param model that draws them
     * @param again hears before each further try why there is one
     */
    public Tries(QualityGate gate, BatchModel model, Artist artist, Consumer<String> again) {
        this.gate = gate;
        this.model = model;
        this.artist = artist;
        this.again = again;
    }

    /**
     * The best of a picture.
     *
     * @param request what was asked for
     * @param first what came of that
     */
    public Best of(GenerateRequest request, Picture first) {
        var attempts = new ArrayList<PictureRecord.Attempt>();
        var best = first;
        double quality = gate.of(best, model);
        attempts.add(new PictureRecord.Attempt(best.recipe().seed(), quality, 0));
        int chosen = 0;
        while (quality < gate.least() && attempts.size() < gate.attempts()) {
            again.accept("quality %.2f is below %.2f".formatted(quality, gate.least()));
            var another = withSeedOf(request, attempts.size());
            int rows = gate.keptRows(best, model);
            var other = rows == 0 ? artist.draw(another) : artist.redraw(best, rows, another.seed());
            double otherQuality = gate.of(other, model);
            attempts.add(new PictureRecord.Attempt(another.seed(), otherQuality, rows));
            if (otherQuality > quality) {
                best = other;
                quality = otherQuality;
                chosen = attempts.size() - 1;
            }
        }
        return new Best(best, attempts, chosen);
    }

    /** Another try: the same wish with another seed that depends on nothing but the first and the number of the try. */
    private static GenerateRequest withSeedOf(GenerateRequest request, int attempt) {
        long seed = (request.seed() * 0x5851f42d4c957f2dL + attempt * 0x14057b7ef767814fL) >>> 32;
        return new GenerateRequest(request.prompt(), request.options(), 1, request.firstIndex(), seed);
    }
}
