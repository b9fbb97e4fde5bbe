package dev.nextstep.server.drawing;

import dev.nextstep.server.http.Doc;
import dev.nextstep.workflow.batch.Tries;
import java.util.List;

/**
 * How often a picture was drawn until it was good enough.
 *
 * @param attempts every try, in order
 * @param chosen index of the one that was kept
 */
public record PictureTries(
        @Doc("Every try, in order.") List<Try> attempts,
        @Doc("Index of the one that was kept.") int chosen) {
    /**
     * A try.
     *
     * @param seed of its random numbers
     * @param quality 0 to 1
     * @param keptRows rows of tokens that were taken over from the best try before
     */
    public record Try(
            @Doc("Its seed.") long seed,
            @Doc("Its quality, 0 to 1.") double quality,

            @Doc("Rows of tokens that were taken over from the best try before; 0 if all of it was drawn.")
            int keptRows) {}

    /** Copies the list. */
    public PictureTries {
        attempts = List.copyOf(attempts);
    }

    /** What became of a picture. */
    public static PictureTries of(Tries.Best best) {
        return new PictureTries(
                best.attempts().stream()
                        .map(each -> new Try(each.seed(), each.quality(), each.keptRows()))
                        .toList(),
                best.chosen());
    }

    /** The try that was kept. */
    public Try kept() {
        return attempts.get(chosen);
    }
}
