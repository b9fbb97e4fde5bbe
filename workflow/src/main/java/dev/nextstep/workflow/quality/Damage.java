package dev.nextstep.workflow.quality;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is wrong with a picture, and from which row of tokens on.
 *
 * @param pixels what is seen
 * @param drift what its tokens say, where there are any and the model normalises them
 */
public record Damage(ArtifactScore pixels, Optional<TokenDrift> drift) {
    /** The largest of all measures; 1 is plainly visible. */
    public double worst() {
        return Math.max(pixels.worst(), drift.map(TokenDrift::worst).orElse(0.0));
    }

    /** From 0 (bad) to 1 (nothing seen): 1 / (1 + worst²). */
    public double quality() {
        double worst = worst();
        return 1 / (1 + worst * worst);
    }

    /**
     * The first row of tokens without which the picture would be good enough, as far as damage has a place: what lies above it is
     * sound and can be kept. Noise all over and a grid have no place.
     *
     * @param quality that is good enough, above 0 up to 1
     * @return 0 or more; empty if no single row is bad enough
     */
    public OptionalInt firstDamagedRow(double quality) {
        double limit = Math.sqrt(Math.max(0, 1 / quality - 1));
        for (int row = 0; row < pixels.rows().size(); row++) {
            int at = row;
            double value = Math.max(
                    pixels.rows().get(at), drift.map(d -> d.rows().get(at)).orElse(0.0));
            if (value > limit) {
                return OptionalInt.of(row);
            }
        }
        return OptionalInt.empty();
    }
}
